package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.TimeSeries;
import java.util.List;

/** Refuses, before any work, trainings that cannot give a model. */
final class TrainingCheck {
    /** What an artifact of 200 MB holds. */
    private static final long MOST_PARAMETERS = 50_000_000;

    /** A batch passes through several arrays at once, some of them on the heap. */
    private static final long MOST_BATCH_NUMBERS = 64_000_000;

    private static final long MB = 1_000_000;

    private TrainingCheck() {}

    static void check(List<TimeSeries> series, Settings settings, TrainingResources resources) {
        long parameters = WeightsFormat.countOfAll(settings);
        if (parameters > MOST_PARAMETERS) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The network would have %d parameters, the limit is %d: lower units, layers, members or horizon."
                                    .formatted(parameters, MOST_PARAMETERS))
                    .with("limit", MOST_PARAMETERS);
        }
        checkBatch(series, settings);
        checkMemory(series, settings, resources);
        for (int i = 0; i < series.size(); i++) {
            checkValues(series.get(i), i, settings.forecast().loss());
        }
        checkLength(series, settings);
    }

    /** Labels with their offsets, outputs and gates of each step of each window. */
    private static void checkBatch(List<TimeSeries> series, Settings settings) {
        NetworkSettings network = settings.network();
        long steps = steps(series, settings);
        long gates = (long) WeightsFormat.gates(network.cell()) * network.units() * network.layers();
        long inputs = Inputs.count(settings.features()) + settings.features().knownAhead();
        long row = inputs + 2L * settings.forecast().horizon() + WeightsFormat.outputs(settings) + gates;
        long numbers = settings.training().batchSize() * steps * row;
        if (numbers > MOST_BATCH_NUMBERS) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "A batch would have %d numbers, the limit is %d: lower batch_size, context, horizon, units or layers."
                                    .formatted(numbers, MOST_BATCH_NUMBERS))
                    .with("limit", MOST_BATCH_NUMBERS);
        }
    }

    /** Of a window at most. */
    private static int steps(List<TimeSeries> series, Settings settings) {
        int longest = series.stream().mapToInt(TimeSeries::length).max().orElse(0);
        return Math.min(settings.forecast().context(), longest);
    }

    private static void checkMemory(List<TimeSeries> series, Settings settings, TrainingResources resources) {
        long bytes = DirectTraining.bytes(settings, steps(series, settings), resources.threads());
        if (bytes > resources.memory()) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The training would take %d MB of memory, the limit is %d MB: lower units, layers, members, batch_size, context or horizon."
                                    .formatted(Math.ceilDiv(bytes, MB), resources.memory() / MB))
                    .with("limit", resources.memory());
        }
    }

    private static void checkValues(TimeSeries series, int index, Loss loss) {
        for (int step = 0; step < series.length(); step++) {
            double value = series.target()[step];
            if (Math.abs(value) > NetworkTrainer.MOST_MAGNITUDE) {
                throw refused(
                        index,
                        step,
                        "Series %s holds %s; magnitudes up to %s can be trained: send it in a larger unit."
                                .formatted(series.itemId(), value, NetworkTrainer.MOST_MAGNITUDE));
            }
            if (!loss.takes(value)) {
                throw refused(
                        index,
                        step,
                        "Series %s holds %s; the loss negative_binomial is for counts: 0, 1, 2 and so on."
                                .formatted(series.itemId(), value));
            }
        }
    }

    private static ProblemException refused(int index, int step, String detail) {
        return new ProblemException(ProblemType.INVALID_SERIES, detail)
                .at("/data/series/%d/target/%d".formatted(index, step));
    }

    /** At least one series must show a target after an observation within its training part. */
    private static void checkLength(List<TimeSeries> series, Settings settings) {
        int horizon = settings.forecast().horizon();
        int most = 0;
        for (TimeSeries one : series) {
            int end = Split.of(one, settings.forecast(), settings.training()).trainingEnd();
            int observed = 0;
            for (int step = 0; step < end; step++) {
                observed += Double.isNaN(one.target()[step]) ? 0 : 1;
            }
            most = Math.max(most, observed);
        }
        int required = NetworkTrainer.leastObservations(horizon);
        if (most < required) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "A horizon of %d needs a series with %d observations to train on, the longest has %d: send more, or lower the horizon."
                                    .formatted(horizon, required, most))
                    .with("required", required)
                    .with("actual", most);
        }
    }
}
