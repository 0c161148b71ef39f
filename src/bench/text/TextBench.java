import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How well language models learn in a given time, and how fast they read and write. Each row is measured by itself, and kept; what is
 * there already is not measured again.
 */
public final class TextBench {
    private final Map<String, String> options;
    private final List<String> about;
    private final Path out;
    private final boolean quick;
    private final Pattern wanted;

    private TextBench(Map<String, String> options, List<String> about) {
        this.options = options;
        this.about = about;
        this.out = Path.of(options.getOrDefault("out", "target/bench/text.jsonl"));
        this.quick = options.containsKey("quick");
        this.wanted = Pattern.compile(options.getOrDefault("rows", ""));
    }

    private interface Row {
        String measure() throws IOException, InterruptedException;
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        Map<String, String> options = new LinkedHashMap<>();
        List<String> about = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick", "--table" -> options.put(arguments[i].substring(2), "");
                case "--about" -> about.add(arguments[++i]);
                default -> {
                    if (!arguments[i].startsWith("--")) {
                        options.put("folder", arguments[i]);
                    } else {
                        options.put(arguments[i].substring(2), arguments[++i]);
                    }
                }
            }
        }
        var bench = new TextBench(options, about);
        if (!options.containsKey("table")) {
            bench.run();
        }
        bench.print();
    }

    private void run() throws Exception {
        Files.createDirectories(out.toAbsolutePath().getParent());
        for (String cell : List.of("lstm", "gru")) {
            row("write %s 1×256".formatted(cell), () -> new Writing(cell, quick).speed());
            row("cost of a token %s 1×256".formatted(cell), () -> new Writing(cell, quick).parts());
            row("first token %s 1×256".formatted(cell), () -> new Writing(cell, quick).firstToken());
            row("first token over WebSocket %s 1×256".formatted(cell), () -> new Sessions(cell, quick).firstToken());
            for (int sessions : new int[] {1, 16, 64}) {
                row(
                        "write %s 1×256 over WebSocket, %d sessions".formatted(cell, sessions),
                        () -> new Sessions(cell, quick).speed(sessions));
            }
            row("first token over HTTP %s 1×256".formatted(cell), () -> new FirstToken(cell, quick).measure());
        }
        for (int writers : new int[] {1, 32}) {
            row("forecasts beside %d who have texts written".formatted(writers), () -> new Beside(writers, quick).measure());
        }
        if (options.containsKey("folder")) {
            for (int minutes : quick ? new int[] {1} : new int[] {5, 60}) {
                String name = "learn %d min%s".formatted(minutes, Learning.asked(options));
                row(name, () -> new Learning(options, minutes, Path.of(out + "." + name.replace(' ', '-'))).measure());
            }
        }
    }

    private void row(String name, Row row) throws Exception {
        if (!wanted.matcher(name).find() || (Files.exists(out) && Files.readString(out).contains("\"" + name + "\""))) {
            return;
        }
        String result = row.measure();
        String line = "{\"row\":\"%s\",\"result\":\"%s\",\"about\":\"%s\"}%n"
                .formatted(name, result, String.join("; ", about).replaceAll(" +", " "));
        Files.writeString(out, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(name + ": " + result);
    }

    private void print() throws IOException {
        about.forEach(System.out::println);
        System.out.println();
        System.out.println("| | |");
        System.out.println("| --- | --- |");
        for (String line : Files.exists(out) ? Files.readAllLines(out) : List.<String>of()) {
            String[] parts = line.split("\"");
            System.out.println("| " + parts[3] + " | " + parts[7] + " |");
        }
    }
}
