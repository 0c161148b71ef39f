import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A line a set, over its seeds. */
final class Table {
    /** Accuracy of 1-NN with Euclidean distance, ResNet and ROCKET, as their authors and the archives publish them. */
    private static final Map<String, String> PUBLISHED = Map.of(
            "syntheticcontrol", ".880 | .997 | 1.000",
            "gunpoint", ".913 | .991 | 1.000",
            "ecg200", ".880 | .874 | .906",
            "medicalimages", ".684 | .770 | .800",
            "distalphalanxoutlinecorrect", ".717 | .770 | .770",
            "japanesevowels", "– | .992 | –");

    private final Map<String, List<JsonNode>> sets;

    Table(List<JsonNode> rows) {
        sets = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> isTrained(row) ? row.path("set").asString() : name(row),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static boolean isTrained(JsonNode row) {
        return row.path("seed").asString().matches("\\d+");
    }

    private static String name(JsonNode row) {
        return row.path("set").asString() + " " + row.path("seed").asString();
    }

    void print() {
        System.out.println();
        System.out.println(
                "| set | seeds | accuracy | ± | 1-NN | ResNet | ROCKET | macro F1 | log loss | Brier | AUC | calibration error | seconds |");
        System.out.println("| --- ".repeat(13) + "|");
        sets.forEach((name, rows) -> {
            if (rows.getFirst().has("accuracy")) {
                System.out.println(line(name, rows));
            }
        });
        sets.values().stream().flatMap(List::stream).filter(row -> !row.has("accuracy")).forEach(Throughput::print);
    }

    private static String line(String name, List<JsonNode> rows) {
        boolean hasAuc = rows.getFirst().path("auc").isNumber();
        return "| %s | %d | %.4f | %.4f | %s | %.4f | %.4f | %.4f | %s | %.4f | %.0f |"
                .formatted(
                        name,
                        rows.size(),
                        mean(rows, "accuracy"),
                        spread(rows, "accuracy"),
                        PUBLISHED.getOrDefault(name, "– | – | –"),
                        mean(rows, "macro_f1"),
                        mean(rows, "log_loss"),
                        mean(rows, "brier"),
                        hasAuc ? "%.4f".formatted(mean(rows, "auc")) : "–",
                        mean(rows, "calibration_error"),
                        mean(rows, "training_seconds"));
    }

    private static double mean(List<JsonNode> rows, String measure) {
        return rows.stream().mapToDouble(of(measure)).average().orElseThrow();
    }

    /** The largest less the smallest. */
    private static double spread(List<JsonNode> rows, String measure) {
        var all = rows.stream().mapToDouble(of(measure)).summaryStatistics();
        return all.getMax() - all.getMin();
    }

    private static ToDoubleFunction<JsonNode> of(String measure) {
        return row -> row.path(measure).asDouble();
    }

    /** One row, as soon as it is there. */
    static String line(JsonNode row) {
        return row.has("accuracy")
                ? "%s: accuracy %.4f, log loss %.4f, Brier %.4f, calibration error %.4f, %.0f s"
                        .formatted(
                                name(row),
                                row.path("accuracy").asDouble(),
                                row.path("log_loss").asDouble(),
                                row.path("brier").asDouble(),
                                row.path("calibration_error").asDouble(),
                                row.path("training_seconds").asDouble())
                : row.toString();
    }
}
