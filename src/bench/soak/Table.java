import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Figures that were taken at intervals, and whether they stopped growing: the median of the last third of a column is at most
 * that of the second third and the column's bound. The first third is for what fills once, such as caches and compiled code.
 */
final class Table {
    /** @param bound how much larger the last third may be than the second; infinite where that is not asked */
    record Column(String name, double bound) {}

    private final List<String> lines = new ArrayList<>();
    private final List<Column> columns;
    private final List<double[]> rows = new ArrayList<>();

    Table(List<String> about, List<Column> columns) {
        about.forEach(this::print);
        this.columns = columns;
        print(String.join("  ", columns.stream().map(column -> "%16s".formatted(column.name())).toList()));
    }

    void add(double... figures) {
        rows.add(figures);
        print(String.join("  ", Arrays.stream(figures).mapToObj(figure -> String.format(Locale.ROOT, "%16.2f", figure)).toList()));
    }

    void print(String line) {
        lines.add(line);
        System.out.println(line);
    }

    /** Whether every column with a bound is flat. */
    boolean isFlat() {
        int third = rows.size() / 3;
        boolean flat = true;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            if (Double.isInfinite(column.bound())) {
                continue;
            }
            double second = median(i, third, rows.size() - third), last = median(i, rows.size() - third, rows.size());
            boolean holds = last <= second + column.bound();
            flat &= holds;
            print(String.format(Locale.ROOT, "%-24s second third %.2f, last third %.2f, may grow by %.2f: %s",
                    column.name(), second, last, column.bound(), holds ? "flat" : "NOT FLAT"));
        }
        return flat;
    }

    private double median(int column, int from, int to) {
        double[] sorted = rows.subList(from, to).stream().mapToDouble(row -> row[column]).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, lines);
    }
}
