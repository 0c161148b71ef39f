import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains on every set through the API with nothing but its sequences and a seed, and has it say how good that is on sequences
 * that no training saw. Each set and seed is a row of the results file; rows that are there already are not made again.
 */
public final class ClassifyBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> QUICK = List.of("syntheticcontrol", "gunpoint", "ecg200");
    private static final String THROUGHPUT = "throughput";
    static final String LOGISTIC_REGRESSION = "logistic regression";

    private Path data = Path.of(".");
    private Path out = Path.of("target/bench/classify.jsonl");
    private List<String> sets = List.of();
    private List<String> seeds = List.of("1", "2", "3");
    private boolean onlyTable;
    private final List<String> about = new ArrayList<>();

    private ClassifyBench(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> sets = QUICK;
                case "--table" -> onlyTable = true;
                case "--sets" -> sets = Arrays.asList(arguments[++i].split(","));
                case "--seeds" -> seeds = Arrays.asList(arguments[++i].split(","));
                case "--out" -> out = Path.of(arguments[++i]);
                case "--about" -> about.add(arguments[++i]);
                default -> data = Path.of(arguments[i]);
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        var bench = new ClassifyBench(arguments);
        bench.about.forEach(System.out::println);
        if (!bench.onlyTable) {
            bench.measure();
        }
        new Table(bench.rows()).print();
        System.exit(0);
    }

    private void measure() throws Exception {
        Files.createDirectories(out.toAbsolutePath().getParent());
        List<String> names = sets.isEmpty() ? names() : sets;
        try (var service = Service.start()) {
            for (String seed : seeds) {
                for (String name : names) {
                    if (!name.equals(THROUGHPUT) && !isThere(name, seed)) {
                        keep(trained(service, name, seed));
                    }
                }
            }
            for (String name : names) {
                if (name.startsWith(LabelledSet.WEATHER) && !isThere(name, LOGISTIC_REGRESSION)) {
                    keep(regression(name));
                }
            }
            if ((sets.isEmpty() || sets.contains(THROUGHPUT)) && !isThere(THROUGHPUT, "")) {
                keep(row(THROUGHPUT, "", Throughput.measure(service)));
            }
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(data.resolve("classify"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(LabelledSet.SUFFIX))
                    .map(name -> name.substring(0, name.length() - LabelledSet.SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    private LabelledSet read(String name) throws IOException {
        return LabelledSet.read(data.resolve("classify"), name);
    }

    private ObjectNode trained(Service service, String name, String seed) throws Exception {
        LabelledSet set = read(name);
        String model = name.replace('_', '-');
        Service.Version version = service.train(model, set.train(), Long.parseLong(seed));
        JsonNode record = service.get("/api/v1/models/%s/versions/%d".formatted(model, version.number()));
        JsonNode report = service.backtest(model, version.number(), set.test());
        var row = (ObjectNode) report.at("/overall/model").deepCopy();
        row.put("train", set.train().size()).put("test", set.test().size());
        row.put("training_seconds", version.seconds());
        row.put("held_out_accuracy", record.at("/measures/model/accuracy").asDouble());
        row.set("settings", record.path("settings"));
        return row(name, seed, row);
    }

    private ObjectNode regression(String name) throws IOException {
        LabelledSet set = read(name);
        long begun = System.nanoTime();
        ObjectNode row = Baseline.measures(set);
        row.put("training_seconds", (System.nanoTime() - begun) / 1e9);
        return row(name, LOGISTIC_REGRESSION, row);
    }

    private ObjectNode row(String set, String seed, ObjectNode measures) {
        return JSON.createObjectNode()
                .put("set", set)
                .put("seed", seed)
                .put("about", String.join("; ", about).replaceAll(" +", " "))
                .setAll(measures);
    }

    private void keep(ObjectNode row) throws IOException {
        Files.writeString(out, row + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        System.out.println(Table.line(row));
    }

    private List<JsonNode> rows() throws IOException {
        return Files.exists(out)
                ? Files.readAllLines(out).stream().map(JSON::readTree).toList()
                : List.of();
    }

    private boolean isThere(String set, String seed) throws IOException {
        return rows().stream()
                .anyMatch(row -> row.path("set").asString().equals(set)
                        && row.path("seed").asString().equals(seed));
    }
}
