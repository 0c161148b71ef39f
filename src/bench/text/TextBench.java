import io.foretide.generation.GenerateOptions;
import io.foretide.generation.GenerationBatch;
import io.foretide.generation.Generation;
import io.foretide.generation.LanguageMeasures;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelArtifact;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.text.TokenKind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Trains a language model on one text for as long as it is told to, with the defaults for that time, and tells how well it says
 * another; then how fast models write. Progress is kept beside the results: the same command goes on where it was stopped.
 *
 * <p>{@code --train}, {@code --test}: texts, which may be compressed by gzip. {@code --time}: as {@code max_duration}. {@code --cap}:
 * after which the training really ends, for a machine that has other things to do. {@code --threads}: of the training. {@code --out}: where the table goes. {@code --about}: a line on where the figures come from. All
 * else are settings that are chosen where they are left out: {@code --tokens} char or word, {@code --context}, {@code --cell},
 * {@code --units}, {@code --layers}, {@code --dropout}, {@code --embedding}, {@code --epochs}, {@code --rows}, {@code --rate},
 * {@code --seed}, {@code --held-out}. {@code --only} train or generate does one of both.
 */
public final class TextBench {
    private static final int TOKENS = 200_000;
    private static final int ROUNDS = 7;
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private final Options options;
    private final List<String> lines = new ArrayList<>();

    private TextBench(Options options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        var bench = new TextBench(new Options(arguments));
        bench.lines.addAll(bench.options.about);
        if (!bench.options.only.equals("generate")) {
            bench.train();
        }
        if (!bench.options.only.equals("train")) {
            bench.generate();
        }
        Files.createDirectories(bench.options.out.toAbsolutePath().getParent());
        Files.writeString(bench.options.out, String.join("\n", bench.lines) + "\n");
    }

    private void say(String line, Object... values) {
        String said = line.formatted(values);
        System.out.println(said);
        lines.add(said);
    }

    private void train() throws IOException {
        String train = text(options.train), test = text(options.test);
        var trainer = new LanguageModelTrainer(
                new TrainingResources(options.threads, Runtime.getRuntime().maxMemory()));
        try (var progress = new TrainingProgress(options.out, options.cap(), this::say)) {
            TrainedLanguageModel trained =
                    trainer.train(train, options.generate(), options.network(), options.training(), progress);
            LanguageModel model = trained.model();
            say("%s", model.settings());
            say("stopped by %s after %.0f s, %d parameters, best epoch %d of %d",
                    trained.stoppedBy(),
                    progress.seconds(),
                    model.settings().generate().vocabulary() == 0 ? 0 : parameters(model),
                    trained.members().getFirst().bestEpoch(),
                    trained.losses().size());
            long begun = System.nanoTime();
            LanguageMeasures measures = model.measure(test);
            double seconds = (System.nanoTime() - begun) / 1e9;
            say("test: %.4f nats, %.4f bits per token, perplexity %.3f, %d tokens (%d unknown), read at %.0f tokens/s",
                    measures.nats(),
                    measures.bits(),
                    measures.perplexity(),
                    measures.tokens(),
                    measures.unknown(),
                    measures.tokens() / seconds);
            Files.write(Path.of(options.out + ".artifact"), trained.artifact());
            var state = model.initialState();
            model.read(state, test.substring(0, 200));
            say("sample: %s", model.generate(state, new SamplingOptions(400, 0.8, 0, 1, 1, List.of()), TokenSink.NONE)
                    .text());
        }
    }

    private static long parameters(LanguageModel model) {
        return LanguageModelArtifact.write(model).length / Float.BYTES;
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A model of 256 units over 65 symbols, hardly trained: what it writes makes no difference to how fast. */
    private void generate() {
        var letters = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            letters.append((char) ('0' + i * 31 % 65));
        }
        for (CellType cell : List.of(CellType.LSTM, CellType.GRU)) {
            var network = new NetworkOptions(cell, 256, 1, null, 0.0, null, null);
            var training =
                    new TrainingOptions(1, null, null, null, null, null, null, null, null, null, null);
            LanguageModel model = new LanguageModelTrainer(TrainingResources.OF_THIS_MACHINE)
                    .train(letters.toString(), GenerateOptions.NONE, network, training, TrainingMonitor.SILENT)
                    .model();
            say("%s, 1 × 256 units, %d symbols: %s", cell, model.vocabulary().size() - 1, alone(model));
            for (int sessions : new int[] {1, 16, 64}) {
                say("  %d sessions in one batch: %.0f tokens/s", sessions, together(model, sessions));
            }
        }
    }

    private static String alone(LanguageModel model) {
        double best = 0;
        List<Double> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            var state = model.initialState();
            long begun = System.nanoTime(), computed = PROCESSOR.getCurrentThreadCpuTime();
            model.generate(state, SamplingOptions.drawn(TOKENS, round), TokenSink.NONE);
            all.add(TOKENS / ((System.nanoTime() - begun) / 1e9));
            best = Math.max(best, TOKENS / ((PROCESSOR.getCurrentThreadCpuTime() - computed) / 1e9));
        }
        all.sort(null);
        return "%.0f tokens/s in the best of %d rounds, %.0f in the median; %.0f in a second of its processor at best"
                .formatted(all.getLast(), ROUNDS, all.get(ROUNDS / 2), best);
    }

    private static double together(LanguageModel model, int sessions) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Generation> generations = new ArrayList<>();
            for (int session = 0; session < sessions; session++) {
                generations.add(model.begin(
                        model.initialState(), SamplingOptions.drawn(TOKENS / sessions, session), TokenSink.NONE));
            }
            var batch = new GenerationBatch(model, sessions);
            long begun = System.nanoTime();
            while (batch.step(generations) > 0) {}
            best = Math.max(best, TOKENS / ((System.nanoTime() - begun) / 1e9));
        }
        return best;
    }

    /** What the command line says. */
    private static final class Options {
        private Path train = Path.of("train.txt");
        private Path test = Path.of("test.txt");
        private Path out = Path.of("target", "bench", "text.txt");
        private Duration time = Duration.ofMinutes(5);
        private Duration cap;
        private int threads = 1;
        private String only = "";
        private TokenKind tokens;
        private CellType cell;
        private Integer context, units, layers, embedding, epochs, rows;
        private Double dropout, rate, heldOut;
        private Long seed;
        private final List<String> about = new ArrayList<>();

        private Options(String[] arguments) {
            for (int i = 0; i < arguments.length; i += 2) {
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--train" -> train = Path.of(value);
                    case "--test" -> test = Path.of(value);
                    case "--out" -> out = Path.of(value);
                    case "--time" -> time = Duration.parse(value);
                    case "--cap" -> cap = Duration.parse(value);
                    case "--threads" -> threads = Integer.parseInt(value);
                    case "--only" -> only = value;
                    case "--tokens" -> tokens = value.equals("word") ? TokenKind.WORD : TokenKind.CHARACTER;
                    case "--cell" -> cell = CellType.valueOf(value.toUpperCase(Locale.ROOT));
                    case "--context" -> context = Integer.valueOf(value);
                    case "--units" -> units = Integer.valueOf(value);
                    case "--layers" -> layers = Integer.valueOf(value);
                    case "--embedding" -> embedding = Integer.valueOf(value);
                    case "--epochs" -> epochs = Integer.valueOf(value);
                    case "--rows" -> rows = Integer.valueOf(value);
                    case "--dropout" -> dropout = Double.valueOf(value);
                    case "--rate" -> rate = Double.valueOf(value);
                    case "--held-out" -> heldOut = Double.valueOf(value);
                    case "--seed" -> seed = Long.valueOf(value);
                    case "--about" -> about.add(value);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
        }

        private Duration cap() {
            return cap == null ? time : cap;
        }

        private GenerateOptions generate() {
            return new GenerateOptions(tokens, null, context);
        }

        private NetworkOptions network() {
            return new NetworkOptions(cell, units, layers, null, dropout, embedding, null);
        }

        private TrainingOptions training() {
            return new TrainingOptions(epochs, rows, rate, null, null, null, null, null, heldOut, seed, time);
        }
    }
}
