package engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was measured of one row: a line of the file of results.
 *
 * @param load the load average when the row began
 * @param about where the figures come from
 */
record Result(String row, Map<Rival.Kind, Times> times, double load, Map<String, String> about) {
    /** Seconds of one execution: the best slice of all rounds, and the median of the means of each. */
    record Times(double best, double median, int rounds) {
        static Times of(List<Rival.Turn> turns) {
            double[] means = turns.stream().mapToDouble(Rival.Turn::mean).sorted().toArray();
            double best = turns.stream().mapToDouble(Rival.Turn::best).min().orElseThrow();
            return new Times(best, means[means.length / 2], means.length);
        }
    }

    private static final JsonMapper json = JsonMapper.builder().build();

    Optional<Times> of(Rival.Kind kind) {
        return Optional.ofNullable(times.get(kind));
    }

    /** Of a row that was measured twice, the later result. */
    static Map<String, Result> read(Path file) throws IOException {
        Map<String, Result> results = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Result result = json.readValue(line, Result.class);
                results.put(result.row(), result);
            }
        }
        return results;
    }

    void append(Path file) throws IOException {
        Files.write(file, List.of(json.writeValueAsString(this)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
