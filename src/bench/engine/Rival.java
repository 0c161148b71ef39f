package engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** One contender in its process, which lives from the first row that asks for it to the last. */
final class Rival implements AutoCloseable {
    /** Who takes part; the names are those of the table and of the file of results. */
    enum Kind {
        PEAK(Side.PROJECT, "engine.Machine$Peak", 1),
        BANDWIDTH(Side.PROJECT, "engine.Machine$Bandwidth", 1),
        OURS(Side.PROJECT, "io.foretide.kernel.Kernels", 1),
        OURS_2(Side.PROJECT, "io.foretide.kernel.Kernels", 2),
        LIBTORCH(Side.PEERS, "engine.Libtorch", 1),
        LIBTORCH_2(Side.PEERS, "engine.Libtorch", 2),
        STOCK(Side.PROJECT, "engine.Stock", 1),
        ONNX(Side.PEERS, "engine.OnnxRuntime", 1);

        private final Side side;
        private final String contender;
        private final int threads;

        Kind(Side side, String contender, int threads) {
            this.side = side;
            this.contender = contender;
            this.threads = threads;
        }

        static List<Kind> of(Row row) {
            return switch (row) {
                case Row.Training _ -> List.of(PEAK, OURS, LIBTORCH, OURS_2, LIBTORCH_2, STOCK);
                case Row.Step(Row.Network _, int batch) ->
                    batch == 1
                            ? List.of(PEAK, BANDWIDTH, OURS, ONNX, LIBTORCH, STOCK)
                            : List.of(PEAK, OURS, ONNX, LIBTORCH, STOCK);
                case Row.Read _ -> List.of(BANDWIDTH);
            };
        }
    }

    /** Libraries that do not go together. */
    private enum Side {
        PROJECT,
        PEERS
    }

    /** Where processes find what they need. */
    record Places(String java, String arguments, String projectClasspath, String peersClasspath, Path logs) {}

    private final Kind kind;
    private final Process process;
    private final BufferedReader answers;
    private final Writer commands;

    Rival(Kind kind, Places places) throws IOException {
        this.kind = kind;
        Files.createDirectories(places.logs());
        List<String> command = new ArrayList<>(List.of(places.java(), "-Xmx6g"));
        command.addAll(
                switch (kind.side) {
                    case PROJECT -> List.of("@" + places.arguments(), "-cp", places.projectClasspath());
                    case PEERS -> List.of("--enable-native-access=ALL-UNNAMED", "-cp", places.peersClasspath());
                });
        command.addAll(List.of("engine.Worker", kind.contender, String.valueOf(kind.threads)));
        Path log = places.logs().resolve(kind + ".log");
        var builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment(kind));
        process = builder.start();
        answers = process.inputReader();
        commands = process.outputWriter();
    }

    /**
     * OpenBLAS below libtorch does not hear what libtorch is told of threads, and spins with one for each core. For
     * Deeplearning4j it is what the service sets by itself; its older OpenBLAS does not recognise newer processors.
     */
    private static Map<String, String> environment(Kind kind) throws IOException {
        Map<String, String> variables = new HashMap<>();
        variables.put("OMP_NUM_THREADS", String.valueOf(kind.threads));
        variables.put("OPENBLAS_NUM_THREADS", String.valueOf(kind.threads));
        if (kind == Kind.STOCK) {
            String processor = Files.readString(Path.of("/proc/cpuinfo"));
            boolean wide = processor.contains(" avx512dq") && processor.contains(" avx512bw");
            variables.put("OPENBLAS_CORETYPE", wide ? "SKYLAKEX" : "HASWELL");
        }
        return variables;
    }

    /** Seconds of one execution after the warm-up; nothing where there is no such layer. */
    OptionalDouble prepare(int milliseconds, Row row) throws IOException {
        String answer = ask("prepare %d %s".formatted(milliseconds, row));
        return answer.equals("absent") ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(answer));
    }

    /** Of one execution, in seconds. */
    record Turn(double best, double mean) {}

    Turn measure(int milliseconds) throws IOException {
        String[] answer = ask("measure " + milliseconds).split(" ");
        return new Turn(Double.parseDouble(answer[0]), Double.parseDouble(answer[1]));
    }

    void release() throws IOException {
        ask("release");
    }

    private String ask(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(kind + " died; see its log");
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            commands.close(); // at the end of its input, a worker ends
            if (!process.waitFor(java.time.Duration.ofSeconds(5))) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly(); // it was dead already, or about to die
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
