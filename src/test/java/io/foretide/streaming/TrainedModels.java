package io.foretide.streaming;

import io.foretide.classification.Classifier;
import io.foretide.generation.LanguageModel;
import io.foretide.network.CellType;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.Predictor;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.registry.Selector;
import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Versions of one model, trained for a moment: {@code air:1} on months, {@code air:2} likewise, {@code air:3} on days with covariates; and what {@link TrainedClassifiers} and {@link TrainedWriters} have. */
final class TrainedModels implements Models {
    private static final ModelName AIR = new ModelName("air");
    private static final int LAST = 3;
    private static final Map<Integer, ServedForecaster> TRAINED = new HashMap<>();

    private volatile int champion = 1;

    static Timeline months() {
        return timeline("M");
    }

    static Timeline days() {
        return timeline("D");
    }

    private static Timeline timeline(String frequency) {
        return new Timeline(
                LocalDate.of(2020, 1, 31).atStartOfDay(ZoneOffset.UTC), Frequency.parse(frequency), TimeStyle.DATE);
    }

    /** A season, noise, and now and then nothing. */
    static double[] values(int length, long seed) {
        var random = new Random(seed);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextInt(15) == 0
                    ? Double.NaN
                    : 100 + 20 * Math.sin(i * Math.PI / 6) + 5 * random.nextGaussian();
        }
        return values;
    }

    static TimeSeries daily(int length, long seed) {
        var random = new Random(seed);
        double[] past = random.doubles(length).toArray();
        double[] future = random.doubles(length + 10).map(Math::rint).toArray();
        double[] values = values(length, seed);
        for (int i = 0; i < length; i++) {
            values[i] += 30 * future[i] + past[i];
        }
        return new TimeSeries(
                "d" + seed,
                days(),
                values,
                new Covariates(
                        Map.of("temp", past), Map.of("promo", future), Map.of("store", seed % 2 == 0 ? "a" : "b")));
    }

    private static synchronized ServedForecaster version(int number) {
        return TRAINED.computeIfAbsent(number, TrainedModels::train);
    }

    private static ServedForecaster train(int number) {
        List<TimeSeries> series = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            series.add(number == 3 ? daily(80, i) : new TimeSeries("m" + i, months(), values(60, i), Covariates.NONE));
        }
        Predictor predictor = new NetworkTrainer(new TrainingResources(1, 1L << 30))
                .train(
                        series,
                        new ForecastOptions(6, null, null, null, null, null, null),
                        new NetworkOptions(
                                CellType.LSTM, 8, number == 2 ? 2 : 1, null, null, number == 3 ? 2 : 1, null),
                        new TrainingOptions(1, null, null, null, null, null, null, null, null, 1L, null),
                        TrainingMonitor.SILENT)
                .predictor();
        return ServedForecaster.of(AIR, number, predictor, series.getFirst().frequency());
    }

    /** Moves the alias. */
    void promote(int number) {
        champion = number;
    }

    Predictor predictor(int number) {
        return version(number).predictor();
    }

    @Override
    public ServedVersion load(ModelReference reference) {
        int wanted = numberOf(reference);
        Classifier classifier = TrainedClassifiers.find(reference.model().value(), wanted);
        if (classifier != null) {
            return new ServedClassifier(reference.model(), wanted, classifier);
        }
        LanguageModel writer = TrainedWriters.find(reference.model().value(), wanted);
        if (writer != null) {
            return new ServedWriter(reference.model(), wanted, writer);
        }
        if (!reference.model().equals(AIR)) {
            throw new ProblemException(ProblemType.UNKNOWN_MODEL, "There is no model " + reference.model());
        }
        if (wanted > LAST) {
            throw new ProblemException(ProblemType.UNKNOWN_VERSION, "There is no version " + wanted);
        }
        return version(wanted);
    }

    @Override
    public int numberOf(ModelReference reference) {
        return switch (reference.selector()) {
            case Selector.Version(int number) -> number;
            case Selector.Alias _ -> champion;
        };
    }
}
