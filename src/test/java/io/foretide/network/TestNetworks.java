package io.foretide.network;

import io.foretide.kernel.Dense;
import io.foretide.kernel.Matrix;
import io.foretide.series.Covariates;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Predictors with random weights, and made-up series, for tests of the walk. */
public final class TestNetworks {
    static final List<QuantileLevel> LEVELS = levels(0.1, 0.5, 0.9);

    private TestNetworks() {}

    /** Any predictor at all, for tests of those who keep them. */
    public static Predictor predictor() {
        return random(settings(CellType.LSTM, 1, 6, Loss.QUANTILE), 1);
    }

    /** A real artifact, for tests of those who keep them. */
    public static byte[] artifact(long seed) {
        return artifact(CellType.LSTM, seed);
    }

    public static byte[] artifact(CellType cell, long seed) {
        return Artifact.write(random(settings(cell, 1, 6, Loss.QUANTILE), seed));
    }

    /** Of one that reads the past covariate temp, the future one promo, and the static one store. */
    public static byte[] artifactWithCovariates(long seed) {
        var features = new Features(
                List.of(new Features.Measured("temp", 2, 4, true)),
                List.of(new Features.Measured("promo", 0.5, 0.25, false)),
                List.of(new Features.Category("store", List.of("east", "north"))),
                List.of());
        return Artifact.write(
                random(settings(CellType.LSTM, 1, 6, Loss.QUANTILE).reading(features), seed));
    }

    /** As few parameters as a network can have, so that a test can try everything with its artifact. */
    static Predictor small(Loss loss) {
        Settings settings = settings(CellType.LSTM, 1, 3, loss);
        var network = new NetworkSettings(CellType.LSTM, 2, 1, Activation.TANH, 0, 1);
        return random(new Settings(settings.forecast(), network, settings.training()), 5);
    }

    static List<QuantileLevel> levels(double... levels) {
        return DoubleStream.of(levels).mapToObj(QuantileLevel::new).toList();
    }

    static Settings settings(CellType cell, int layers, int horizon, Loss loss) {
        return new Settings(
                new ForecastSettings(
                        horizon,
                        24,
                        loss == Loss.QUANTILE ? levels(0.05, 0.25, 0.5, 0.75, 0.95) : List.of(),
                        4,
                        loss,
                        Scaling.AUTO,
                        Anchoring.AUTO),
                new NetworkSettings(cell, 9, layers, Activation.TANH, 0, 1),
                new TrainingSettings(2, 4, 0.01, Optimizer.ADAM, 1, null, 0, 5, 0.1, 7, null));
    }

    static Predictor random(Settings settings, long seed) {
        var random = new Random(seed);
        float[] parameters = new float[(int) WeightsFormat.countOfAll(settings)];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.3 * random.nextGaussian());
        }
        var smoothing =
                new Smoothing(Anchoring.AUTO, Scaling.AUTO, List.of(4), List.of(0.3), List.of(0.2), 0.5, 0.1, 1, false);
        double[] deviations = new double[settings.forecast().horizon()];
        Arrays.fill(deviations, 1.5);
        Head head =
                settings.forecast().loss() == Loss.SQUARED ? new MeanHead(deviations) : Head.of(settings.forecast());
        return new Predictor(
                settings, smoothing, WeightsFormat.members(settings, parameters), head, new Seen(Map.of()));
    }

    /** As one that was trained: with a whole bank of smoothers, seasons of these lengths, and levels that adapt. */
    static Predictor seasonal(Settings settings, List<Integer> seasons, long seed) {
        Predictor plain = random(settings, seed);
        var smoothing = new Smoothing(
                Anchoring.AUTO,
                Scaling.AUTO,
                seasons,
                List.of(0.1, 0.2, 0.4, 0.8),
                List.of(0.2),
                0.5,
                0.1,
                1,
                settings.forecast().loss() == Loss.NEGATIVE_BINOMIAL);
        Head head = plain.head();
        if (head instanceof QuantileHead quantiles) {
            double[][] stretches = quantiles.calibration().stretches();
            head = new QuantileHead(quantiles.levels(), new Calibration(0.8, stretches, true));
        }
        return new Predictor(settings, smoothing, plain.members(), head, plain.seen());
    }

    /** As chosen for months: 64 units, a season of 12, the levels that are trained by default. */
    static Predictor monthly(int members, int horizon) {
        Settings like = settings(CellType.LSTM, 1, horizon, Loss.QUANTILE);
        var forecast = new ForecastSettings(
                horizon,
                24,
                levels(0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975),
                12,
                Loss.QUANTILE,
                Scaling.AUTO,
                Anchoring.AUTO);
        var network = new NetworkSettings(CellType.LSTM, 64, 1, Activation.TANH, 0, members);
        Predictor random = seasonal(new Settings(forecast, network, like.training()), List.of(12), 1);
        List<Weights> ordered =
                random.members().stream().map(TestNetworks::nearlyInOrder).toList();
        return new Predictor(random.settings(), random.smoothing(), ordered, random.head(), random.seen());
    }

    /** The levels of trained networks seldom cross. */
    private static Weights nearlyInOrder(Weights weights) {
        float[] head = weights.head().parameters();
        int outputs = weights.head().outputs(), from = head.length - outputs;
        float[] w = Arrays.copyOf(head, from), b = new float[outputs];
        for (int i = 0; i < from; i++) {
            w[i] *= 0.05f;
        }
        for (int i = 0; i < outputs; i++) {
            b[i] = i % 11 - 5;
        }
        return new Weights(weights.layers(), new Dense(new Matrix(weights.head().inputs(), outputs, w), b));
    }

    /** One of several members by itself, counted from 0. */
    static Predictor member(Predictor predictor, int member) {
        return new Predictor(
                predictor.settings().withMembers(1),
                predictor.smoothing(),
                List.of(predictor.members().get(member)),
                predictor.head(),
                predictor.seen());
    }

    /** A season of four with a trend, noise, and a missing observation now and then. */
    static double[] target(long seed, int length) {
        var random = new Random(seed);
        double[] target = new double[length];
        for (int step = 0; step < length; step++) {
            double value = 100 + step + 20 * Math.sin(Math.PI / 2 * step) + 3 * random.nextGaussian();
            target[step] = random.nextInt(12) == 0 ? Double.NaN : value;
        }
        return target;
    }

    static List<TimeSeries> series(int count, int length, IntToDoubleFunction value) {
        List<TimeSeries> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int shift = i;
            double[] target = IntStream.range(0, length)
                    .mapToDouble(step -> value.applyAsDouble(step + shift))
                    .toArray();
            series.add(new TimeSeries("series-" + i, null, target, Covariates.NONE));
        }
        return series;
    }

    static ForecastOptions forecast(int horizon) {
        return new ForecastOptions(horizon, null, null, null, null, null, null);
    }

    /** Every cell with every activation that it may have, in so many layers at most. */
    static Stream<Arguments> everyCell(int mostLayers) {
        List<Arguments> networks = new ArrayList<>();
        for (int layers = 1; layers <= mostLayers; layers++) {
            networks.add(Arguments.of(CellType.LSTM, Activation.TANH, layers));
            networks.add(Arguments.of(CellType.GRU, Activation.TANH, layers));
            for (Activation activation : Activation.values()) {
                networks.add(Arguments.of(CellType.SIMPLE_RNN, activation, layers));
            }
        }
        return networks.stream();
    }
}
