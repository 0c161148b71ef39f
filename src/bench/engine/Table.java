package engine;

import static engine.Rival.Kind.BANDWIDTH;
import static engine.Rival.Kind.LIBTORCH;
import static engine.Rival.Kind.LIBTORCH_2;
import static engine.Rival.Kind.ONNX;
import static engine.Rival.Kind.OURS;
import static engine.Rival.Kind.OURS_2;
import static engine.Rival.Kind.PEAK;
import static engine.Rival.Kind.STOCK;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** The results as Markdown. */
final class Table {
    private final Collection<Result> results;
    private final StringBuilder out = new StringBuilder();
    private int reached;
    private int shown;

    private Table(Collection<Result> results) {
        this.results = results;
    }

    static String of(Collection<Result> results) {
        return new Table(results).text();
    }

    private String text() {
        about();
        reads();
        head("training", "µs a batch", "2 threads", "DL4J", "libtorch", "libtorch, both on 2", "% of peak", "not reached");
        rows(Row.Training.class, this::line);
        head("step", "µs", "DL4J", "ONNX Runtime", "libtorch", "% of peak", "% of bandwidth", "not reached");
        rows(Row.Step.class, this::line);
        out.append("\n%d of %d rows reach what they are to reach.%n".formatted(reached, shown));
        return out.toString();
    }

    /** Rows of several runs may stand in one file. */
    private void about() {
        Set<String> lines = new LinkedHashSet<>();
        double least = Double.MAX_VALUE, most = 0;
        for (Result result : results) {
            result.about().forEach((name, value) -> lines.add(name + ": " + value));
            least = Math.min(least, result.load());
            most = Math.max(most, result.load());
        }
        lines.forEach(line -> out.append(line).append("  \n"));
        out.append(format("load average at the beginning of a row: %.1f to %.1f  %n", least, most));
        double peak = results.stream()
                .flatMap(result -> result.of(PEAK).stream())
                .mapToDouble(times -> Machine.Peak.OPERATIONS / times.best() / 1e9)
                .max()
                .orElse(0);
        out.append(format("peak of multiply-adds: %.0f GFLOP/s a core%n", peak));
    }

    private void reads() {
        head("read again and again", "GB/s", "median");
        for (Result result : results) {
            if (Row.parse(result.row()) instanceof Row.Read row) {
                Result.Times times = result.of(BANDWIDTH).orElseThrow();
                long bytes = Machine.Bandwidth.bytes(row);
                cells(row + "", format("%.0f", bytes / times.best() / 1e9), format("%.0f", bytes / times.median() / 1e9));
            }
        }
    }

    private void head(String... names) {
        out.append('\n');
        cells(names);
        out.append("| --- ".repeat(names.length)).append("|\n");
    }

    private void cells(String... cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private <R extends Row> void rows(Class<R> type, java.util.function.BiFunction<R, Result, String[]> line) {
        for (Result result : results) {
            Row row = Row.parse(result.row());
            if (type.isInstance(row) && result.of(OURS).isPresent()) {
                cells(line.apply(type.cast(row), result));
            }
        }
    }

    private String[] line(Row.Training row, Result result) {
        return new String[] {
            row.toString().substring("train ".length()),
            microseconds(result),
            factor(result, OURS_2, OURS),
            factor(result, OURS, STOCK),
            factor(result, OURS, LIBTORCH),
            factor(result, OURS_2, LIBTORCH_2),
            percent(which -> Targets.shareOfPeak(row.operations(), result, which)),
            missed(row, result)
        };
    }

    private String[] line(Row.Step row, Result result) {
        return new String[] {
            row.toString().substring("step ".length()),
            microseconds(result),
            factor(result, OURS, STOCK),
            factor(result, OURS, ONNX),
            factor(result, OURS, LIBTORCH),
            percent(which -> Targets.shareOfPeak(row.operations(), result, which)),
            percent(which -> Targets.shareOfBandwidth(row, result, which)),
            missed(row, result)
        };
    }

    private String missed(Row row, Result result) {
        List<String> missed = Targets.missed(row, result);
        shown++;
        reached += missed.isEmpty() ? 1 : 0;
        return String.join("; ", missed);
    }

    private static String microseconds(Result result) {
        Result.Times times = result.of(OURS).orElseThrow();
        return "%s (%s)".formatted(number(1e6 * times.best()), number(1e6 * times.median()));
    }

    private static String factor(Result result, Rival.Kind ours, Rival.Kind other) {
        return pair("× ", which -> Targets.factor(result, ours, other, which));
    }

    private static String percent(Function<Targets.Which, OptionalDouble> share) {
        return pair("", which -> {
            OptionalDouble value = share.apply(which);
            return value.isEmpty() ? value : OptionalDouble.of(100 * value.getAsDouble());
        });
    }

    /** The figure by the best rounds, and in brackets by the medians. */
    private static String pair(String sign, Function<Targets.Which, OptionalDouble> figure) {
        OptionalDouble best = figure.apply(Targets.Which.BEST), median = figure.apply(Targets.Which.MEDIAN);
        return best.isEmpty() || median.isEmpty()
                ? ""
                : "%s%s (%s)".formatted(sign, number(best.getAsDouble()), number(median.getAsDouble()));
    }

    private static String number(double value) {
        return format(value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
