package engine;

import static engine.Rival.Kind.BANDWIDTH;
import static engine.Rival.Kind.LIBTORCH;
import static engine.Rival.Kind.LIBTORCH_2;
import static engine.Rival.Kind.ONNX;
import static engine.Rival.Kind.OURS;
import static engine.Rival.Kind.OURS_2;
import static engine.Rival.Kind.PEAK;
import static engine.Rival.Kind.STOCK;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a row is to reach: a factor over each contender, or the limit of the processor, whichever is easier. Measured by the
 * best rounds.
 */
final class Targets {
    private static final double FMA_LIMIT = 0.70;
    private static final double BANDWIDTH_LIMIT = 0.80;

    private final Result result;
    private final List<String> missed = new ArrayList<>();

    private Targets(Result result) {
        this.result = result;
    }

    /** What is not reached; empty where all is. */
    static List<String> missed(Row row, Result result) {
        var targets = new Targets(result);
        switch (row) {
            case Row.Training training -> targets.check(training);
            case Row.Step step -> targets.check(step);
            case Row.Read _ -> {}
        }
        return targets.missed;
    }

    private void check(Row.Training row) {
        Row.Network network = row.network();
        double share = shareOfPeak(row.operations(), result, Which.BEST).orElse(0);
        if (share < FMA_LIMIT) {
            boolean known = network.equals(new Row.Network(Row.Cell.LSTM, 64, 1)) && row.batch() == 32 && row.steps() == 48;
            double libtorch = network.cell() == Row.Cell.GRU ? 3 : 1.5;
            factor("DL4J", OURS, STOCK, known ? 25 : 10);
            factor("libtorch", OURS, LIBTORCH, libtorch);
            factor("libtorch on 2 threads", OURS_2, LIBTORCH_2, libtorch);
        }
        double least = network.cell() == Row.Cell.RNN ? 0.45 : 0.60;
        if (network.units() >= 64 && share < least) {
            missed.add(String.format(Locale.ROOT, "%.0f %% of the peak, not %.0f", 100 * share, 100 * least));
        }
        if (network.units() >= 64 && row.batch() >= 64) {
            factor("1 thread", OURS_2, OURS, 1.7);
        }
    }

    private void check(Row.Step row) {
        if (row.batch() > 1) {
            if (shareOfPeak(row.operations(), result, Which.BEST).orElse(0) < FMA_LIMIT) {
                factor("ONNX", OURS, ONNX, 1);
            }
        } else if (shareOfBandwidth(row, result, Which.BEST).orElse(0) < BANDWIDTH_LIMIT) {
            factor("DL4J", OURS, STOCK, row.network().units() <= 64 ? 100 : 30);
            factor("ONNX", OURS, ONNX, 3);
        }
    }

    private void factor(String name, Rival.Kind ours, Rival.Kind other, double least) {
        OptionalDouble factor = factor(result, ours, other, Which.BEST);
        if (factor.isPresent() && factor.getAsDouble() < least) {
            missed.add(String.format(Locale.ROOT, "%s %.2f, not %s", name, factor.getAsDouble(), least));
        }
    }

    /** Which figure of the rounds. */
    enum Which {
        BEST,
        MEDIAN;

        double of(Result.Times times) {
            return switch (this) {
                case BEST -> times.best();
                case MEDIAN -> times.median();
            };
        }
    }

    /** How many times as long the other takes. */
    static OptionalDouble factor(Result result, Rival.Kind ours, Rival.Kind other, Which which) {
        if (result.of(ours).isEmpty() || result.of(other).isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                which.of(result.of(other).get()) / which.of(result.of(ours).get()));
    }

    static OptionalDouble shareOfPeak(double operations, Result result, Which which) {
        OptionalDouble factor = factor(result, OURS, PEAK, which);
        return factor.isEmpty()
                ? factor
                : OptionalDouble.of(operations / Machine.Peak.OPERATIONS * factor.getAsDouble());
    }

    /** Of what a loop reads that does nothing but read as many bytes as the weights have. */
    static OptionalDouble shareOfBandwidth(Row row, Result result, Which which) {
        OptionalDouble factor = factor(result, OURS, BANDWIDTH, which);
        return factor.isEmpty()
                ? factor
                : OptionalDouble.of((double) row.bytes() / Machine.Bandwidth.bytes(row) * factor.getAsDouble());
    }
}
