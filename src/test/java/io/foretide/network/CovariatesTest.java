package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static io.foretide.network.TestNetworks.forecast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foretide.problem.ProblemException;
import io.foretide.series.Covariates;
import io.foretide.series.Forecast;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a network makes of what is known beside the target. */
class CovariatesTest {
    private static final int LENGTH = 200;
    private static final int HORIZON = 4;

    /** Promotions at random: one step in six. */
    private static double[] promotions(long seed, int length) {
        var random = new Random(seed);
        return IntStream.range(0, length)
                .mapToDouble(_ -> random.nextInt(6) == 0 ? 1 : 0)
                .toArray();
    }

    /** Sales of about 100 that a promotion doubles. */
    private static double[] sales(long seed, double[] promotions, int length) {
        var random = new Random(100 + seed);
        return IntStream.range(0, length)
                .mapToDouble(step -> (100 + 2 * random.nextGaussian()) * (1 + promotions[step]))
                .toArray();
    }

    private static Covariates future(double[] promotions) {
        return new Covariates(Map.of(), Map.of("promo", promotions), Map.of());
    }

    private static Covariates past(double[] promotions, int length) {
        return new Covariates(Map.of("promo", Arrays.copyOf(promotions, length)), Map.of(), Map.of());
    }

    private static TimeSeries series(int index, double[] target, Covariates covariates) {
        return new TimeSeries("shop-" + index, null, target, covariates);
    }

    private static Predictor trained(List<TimeSeries> series) {
        var network = new NetworkOptions(null, 8, null, null, null, null, null);
        var training = new TrainingOptions(12, 16, null, null, null, null, null, null, null, null, null);
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(series, forecast(HORIZON), network, training, TrainingMonitor.SILENT)
                .predictor();
    }

    private static double[] median(Predictor predictor, TimeSeries series) {
        return predictor.predict(series, HORIZON, List.of(QuantileLevel.MEDIAN)).quantiles()[0];
    }

    @Test
    void forecastsAPromotionThatIsKnownAhead() {
        List<TimeSeries> shops = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] promotions = promotions(i, LENGTH + HORIZON);
            shops.add(series(i, sales(i, promotions, LENGTH), future(promotions)));
        }
        Predictor predictor = trained(shops);
        double[] planned = promotions(7, LENGTH + HORIZON);
        System.arraycopy(new double[] {0, 0, 1, 0}, 0, planned, LENGTH, HORIZON);

        double[] forecast = median(predictor, series(7, sales(7, planned, LENGTH), future(planned)));

        assertThat(forecast[2]).isCloseTo(200, within(30.0));
        assertThat(forecast[0]).isCloseTo(100, within(20.0));
        assertThat(forecast[1]).isCloseTo(100, within(20.0));
        assertThat(forecast[3]).isCloseTo(100, within(20.0));
    }

    @Test
    void doesNotForecastAPromotionThatNobodyKnowsOf() {
        List<TimeSeries> shops = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            double[] promotions = promotions(i, LENGTH);
            shops.add(series(i, sales(i, promotions, LENGTH), past(promotions, LENGTH)));
        }

        double[] promotions = promotions(7, LENGTH);
        double[] forecast = median(trained(shops), series(7, sales(7, promotions, LENGTH), past(promotions, LENGTH)));

        assertThat(Arrays.stream(forecast).max().orElseThrow()).isLessThan(130);
    }

    @Test
    void choosesEveryCovariateWithWhatTheTrainingSawOfIt() {
        var first = new Covariates(
                Map.of("temp", new double[] {1, 3, Double.NaN, 1000}),
                Map.of("promo", new double[] {5, 5, 5, 5, 9}),
                Map.of("store", "north"));
        var second = new Covariates(Map.of(), Map.of("promo", new double[] {5, 5, 5, 5}), Map.of("store", "east"));
        double[] target = {1, 2, 3, 4};

        Features features = FeatureChoice.of(
                List.of(series(0, target, first), series(1, target, second)),
                List.of(new Split(3, 4), new Split(4, 4)));

        assertThat(features.past()).containsExactly(new Features.Measured("temp", 2, 1, true));
        assertThat(features.future()).containsExactly(new Features.Measured("promo", 5, 1, false));
        assertThat(features.fixed()).containsExactly(new Features.Category("store", List.of("east", "north")));
        assertThat(features.names()).containsExactly("target", "past.temp", "future.promo", "static.store");
    }

    @Test
    void readsWhatIsMissingAsMasked() {
        var features = new Features(
                List.of(new Features.Measured("temp", 2, 4, true)),
                List.of(new Features.Measured("promo", 0, 1, false)),
                List.of(new Features.Category("store", List.of("east", "north"))),
                List.of());
        var covariates = new Covariates(
                Map.of("temp", new double[] {10, Double.NaN}),
                Map.of("promo", new double[] {0, 1, 2}),
                Map.of("store", "north"));
        var known = Surroundings.of(features, series(0, new double[] {1, 1}, covariates));

        assertThat(inputs(features, known, 0)).containsExactly(2, 0, 1, 0, 1);
        assertThat(inputs(features, known, 1)).containsExactly(0, 1, 2, 0, 1);
        assertThat(inputs(features, known, 2)).containsExactly(0, 1, 0, 0, 1);
        var later =
                Surroundings.ofStep(features, covariates.fixed(), null, 5, new double[] {10}, new double[][] {{1, 2}});
        assertThat(inputs(features, later, 5)).containsExactly(2, 0, 1, 0, 1);
        assertThat(inputs(features, later, 6)).containsExactly(0, 1, 2, 0, 1);
        assertThat(inputs(features, Surroundings.unknown(features), 0)).containsExactly(0, 1, 0, 0, 0);
    }

    @Test
    void readsACategoryThatTheTrainingDidNotSeeAsNone() {
        var features = new Features(
                List.of(), List.of(), List.of(new Features.Category("store", List.of("east", "north"))), List.of());
        var unseen = new Covariates(Map.of(), Map.of(), Map.of("store", "moon"));

        assertThat(inputs(features, Surroundings.of(features, series(0, new double[] {1}, unseen)), 0))
                .containsExactly(0, 0);
    }

    @Test
    void cutsWhatLiesFarFromAllThatTheTrainingSaw() {
        var features =
                new Features(List.of(new Features.Measured("temp", 0, 1e-300, false)), List.of(), List.of(), List.of());
        var far = new Covariates(Map.of("temp", new double[] {-1e300}), Map.of(), Map.of());

        assertThat(inputs(features, Surroundings.of(features, series(0, new double[] {1}, far)), 0))
                .containsExactly(-10);
    }

    private static float[] inputs(Features features, Surroundings surroundings, long step) {
        float[] inputs = new float[features.inputs()];
        Arrays.fill(inputs, 77); // what a step before has left
        surroundings.writeInputs(step, inputs, 0);
        return inputs;
    }

    private static final Features EVERYTHING = new Features(
            List.of(new Features.Measured("temp", 10, 5, true)),
            List.of(new Features.Measured("promo", 0.2, 0.4, true)),
            List.of(new Features.Category("store", List.of("east", "north", "west"))),
            List.of(CalendarCycle.WEEK, CalendarCycle.YEAR));

    private static TimeSeries withEverything(int length, int ahead) {
        var random = new Random(length);
        double[] temperatures = random.doubles(length, 0, 20).toArray();
        temperatures[length / 2] = Double.NaN;
        var covariates = new Covariates(
                Map.of("temp", temperatures),
                Map.of("promo", promotions(length, length + ahead)),
                Map.of("store", "north"));
        var start = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("Europe/Berlin"));
        var timeline = new Timeline(start, Frequency.parse("D"), TimeStyle.DATE);
        return new TimeSeries("a", timeline, TestNetworks.target(length, length), covariates);
    }

    private static Predictor withEverything(CellType cell, Loss loss) {
        return TestNetworks.random(
                TestNetworks.settings(cell, 2, 6, loss).reading(EVERYTHING).withMembers(2), 3);
    }

    @Test
    void aPredictionIsAWalkStepByStep() {
        for (CellType cell : CellType.values()) {
            Predictor predictor = withEverything(cell, Loss.QUANTILE);
            List<TimeSeries> series = IntStream.rangeClosed(30, 36)
                    .mapToObj(n -> withEverything(n, 6))
                    .toList();

            List<Forecast> together = predictor.predictAll(series, 15, LEVELS);

            for (int i = 0; i < series.size(); i++) {
                Forecast walked = walked(predictor, series.get(i));
                assertThat(together.get(i).quantiles()).isDeepEqualTo(walked.quantiles());
                assertThat(predictor.predict(series.get(i), 15, LEVELS).quantiles())
                        .isDeepEqualTo(walked.quantiles());
            }
        }
    }

    /** As a session walks: with no more at each step than what is known there. */
    private static Forecast walked(Predictor predictor, TimeSeries series) {
        State state = predictor.initialState();
        Covariates known = series.covariates();
        for (int step = 0; step < series.length(); step++) {
            double[] past = {known.past().get("temp")[step]};
            predictor.observe(state, series.target()[step], ofStep(predictor, series, step, past));
        }
        return predictor.forecast(state, 15, LEVELS, ofStep(predictor, series, series.length() - 1, new double[0]));
    }

    /** As it is known with a step: the past of this one, and the future of all after it. */
    private static Surroundings ofStep(Predictor predictor, TimeSeries series, int step, double[] past) {
        double[] promotions = series.covariates().future().get("promo");
        double[][] ahead = {Arrays.copyOfRange(promotions, step + 1, promotions.length)};
        return Surroundings.ofStep(
                predictor.features(), series.covariates().fixed(), series.timeline(), step, past, ahead);
    }

    @Test
    void whatIsKnownOfAStepChangesItsForecast() {
        Predictor predictor = withEverything(CellType.LSTM, Loss.SQUARED);
        TimeSeries series = withEverything(40, 6);
        double[] other = series.covariates().future().get("promo").clone();
        other[42] = 1 - other[42];

        double[] mean = predictor.predict(series, 6, LEVELS).mean();
        double[] changed = predictor.predict(with(series, other), 6, LEVELS).mean();

        assertThat(changed[2]).isNotEqualTo(mean[2]);
        assertThat(changed[0]).isEqualTo(mean[0]);
        assertThat(changed[5]).isEqualTo(mean[5]);
    }

    private static TimeSeries with(TimeSeries series, double[] promotions) {
        Covariates covariates = series.covariates();
        return new TimeSeries(
                series.itemId(),
                series.timeline(),
                series.target(),
                new Covariates(covariates.past(), Map.of("promo", promotions), covariates.fixed()));
    }

    @Test
    void anArtifactKeepsWhatItsNetworkReads() {
        Predictor written = withEverything(CellType.LSTM, Loss.QUANTILE);
        TimeSeries series = withEverything(50, 6);

        Predictor read = Artifact.read(Artifact.write(written));

        assertThat(read.features()).isEqualTo(EVERYTHING);
        assertThat(read.predict(series, 9, LEVELS).quantiles())
                .isDeepEqualTo(written.predict(series, 9, LEVELS).quantiles());
    }

    @Test
    void theGradientIsThatOfTheLoss() {
        for (Loss loss : List.of(Loss.SQUARED, Loss.NEGATIVE_BINOMIAL)) {
            Settings settings = TestNetworks.settings(CellType.LSTM, 1, 3, loss).reading(EVERYTHING);
            Predictor predictor = TestNetworks.random(settings, 4);
            List<TimeSeries> series = List.of(counts(60), counts(70));
            List<Split> splits = List.of(new Split(50, 60), new Split(60, 70));
            var windows = new Windows(series, splits, settings, predictor.smoother());
            Windows.Batch batch = windows.batch(List.of(new Windows.Window(0, 0), new Windows.Window(1, 20)));
            float[] parameters = WeightsFormat.floats(predictor.members());
            float[] gradient = gradient(settings, parameters, batch);
            int outputs = predictor.members().getFirst().head().outputs();

            for (int from : new int[] {0, parameters.length - outputs * 10}) {
                for (int at = from; at < from + outputs * 10; at += 7) {
                    double expected = slope(settings, parameters, at, batch);

                    assertThat((double) gradient[at])
                            .as("%s, parameter %d", loss, at)
                            .isCloseTo(expected, within(2e-3 + 0.01 * Math.abs(expected)));
                }
            }
        }
    }

    private static TimeSeries counts(int length) {
        TimeSeries like = withEverything(length, 6);
        double[] counts = Arrays.stream(like.target()).map(Math::rint).toArray();
        return new TimeSeries("a", like.timeline(), counts, like.covariates());
    }

    private static float[] gradient(Settings settings, float[] parameters, Windows.Batch batch) {
        try (var training = new DirectTraining(settings, WeightsFormat.weights(settings, parameters), 0, 1)) {
            return training.gradient(batch);
        }
    }

    private static double slope(Settings settings, float[] parameters, int at, Windows.Batch batch) {
        float[] more = parameters.clone(), less = parameters.clone();
        more[at] += 0.01f;
        less[at] -= 0.01f;
        return (loss(settings, more, batch) - loss(settings, less, batch)) / (more[at] - less[at]);
    }

    private static double loss(Settings settings, float[] parameters, Windows.Batch batch) {
        try (var training = new DirectTraining(settings, WeightsFormat.weights(settings, parameters), 0, 1)) {
            return training.step(batch);
        }
    }

    @Test
    void whatIsKnownAheadHasNoEffectAtFirst() {
        Settings settings =
                TestNetworks.settings(CellType.LSTM, 1, 6, Loss.QUANTILE).reading(EVERYTHING);

        Weights initial = DeepNetwork.initialWeights(settings);

        float[] head = initial.head().parameters();
        int outputs = initial.head().outputs(), own = 6 * 5;
        assertThat(IntStream.range(0, head.length).filter(i -> i % outputs >= own))
                .allMatch(i -> head[i] == 0);
        assertThat(head[0]).isNotZero();
    }

    @Test
    void refusesMoreCategoriesThanANetworkReads() {
        List<TimeSeries> series = IntStream.rangeClosed(0, Features.MOST_CATEGORIES)
                .mapToObj(i -> series(
                        i, TestNetworks.target(i, 30), new Covariates(Map.of(), Map.of(), Map.of("store", "s" + i))))
                .toList();

        assertRefused(series, "static covariate store has 101 different values, the limit is 100");
    }

    @Test
    void refusesMoreCovariatesThanANetworkReads() {
        List<TimeSeries> series = IntStream.rangeClosed(0, Features.MOST_COVARIATES)
                .mapToObj(i -> series(
                        i,
                        TestNetworks.target(i, 30),
                        new Covariates(Map.of("c" + i, new double[30]), Map.of(), Map.of())))
                .toList();

        assertRefused(series, "65 different past covariates, the limit is 64");
    }

    @Test
    void refusesValuesThatAreTooLarge() {
        double[] values = new double[30];
        values[9] = 1e16;

        assertRefused(
                List.of(series(0, TestNetworks.target(1, 30), future(values))), "A covariate holds 1.0E16; magnitudes");
    }

    private static void assertRefused(List<TimeSeries> series, @Nullable String message) {
        assertThatThrownBy(() -> new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                        .check(series, forecast(2), NetworkOptions.NONE, TrainingOptions.NONE))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(message);
    }
}
