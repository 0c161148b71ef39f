package io.foretide.network;

import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Completes the options of a client: what was left open is chosen for the data, by rules that count steps and observations
 * and never time.
 */
final class Plan {
    static final List<QuantileLevel> DEFAULT_LEVELS = Stream.of(
                    0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975)
            .map(QuantileLevel::new)
            .toList();

    private static final long DEFAULT_SEED = 42;

    /** What a training costs grows with it. */
    private static final int MOST_CONTEXT = 72;

    private static final int LEAST_CONTEXT = 12;

    /** Below this many observations a smaller network is as good and quicker. */
    private static final long FEW_OBSERVATIONS = 5_000;

    /** Each costs a training and the time of a step. */
    private static final int MEMBERS = 1;

    private final List<TimeSeries> series;
    private final long observations;
    private final List<String> chosen = new ArrayList<>();

    private Plan(List<TimeSeries> series) {
        this.series = series;
        this.observations = series.stream().mapToLong(TimeSeries::length).sum();
    }

    /**
     * @param seasonLengths ascending: that of the settings, and where it was chosen, a week of steps shorter than a day
     * @param chosen what was left open, as {@code section.field}
     */
    record Planned(Settings settings, List<Integer> seasonLengths, List<String> chosen) {}

    static Planned complete(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        var plan = new Plan(series);
        ForecastSettings completedForecast = plan.complete(forecast);
        NetworkSettings completedNetwork = plan.complete(network);
        TrainingSettings completedTraining = plan.complete(training);
        var asked = new Settings(completedForecast, completedNetwork, completedTraining);
        List<Split> splits = series.stream()
                .map(one -> Split.of(one, completedForecast, completedTraining))
                .toList();
        return new Planned(
                asked.reading(FeatureChoice.of(series, splits)),
                plan.seasonLengths(completedForecast.seasonLength(), asksForSeason(forecast)),
                List.copyOf(plan.chosen));
    }

    private ForecastSettings complete(ForecastOptions asked) {
        int horizon = Objects.requireNonNull(asked.horizon(), "horizon");
        int season = or("forecast.season_length", asked.seasonLength(), seasonLength());
        int context = Math.clamp(Math.max(2 * season, horizon), LEAST_CONTEXT, MOST_CONTEXT);
        Loss loss = or("forecast.loss", asked.loss(), Loss.QUANTILE);
        List<QuantileLevel> levels = List.of();
        if (loss == Loss.QUANTILE) {
            levels = spread(or("forecast.quantiles", asked.quantiles(), DEFAULT_LEVELS));
        }
        return new ForecastSettings(
                horizon,
                or("forecast.context", asked.context(), context),
                levels,
                season,
                loss,
                or("forecast.scaling", asked.scaling(), Scaling.AUTO),
                or("forecast.anchor", asked.anchor(), Anchoring.AUTO));
    }

    /** Other levels are read between and beyond the trained ones, so there are at least three, the median among them. */
    private static List<QuantileLevel> spread(List<QuantileLevel> asked) {
        var levels = new TreeSet<>(asked);
        levels.add(QuantileLevel.MEDIAN);
        List<QuantileLevel> apart = apart(levels);
        if (apart.size() < 3) {
            levels.add(new QuantileLevel(0.1));
            levels.add(new QuantileLevel(0.9));
            apart = apart(levels);
        }
        return List.copyOf(apart);
    }

    /** Without those that almost equal the one before. */
    private static List<QuantileLevel> apart(SortedSet<QuantileLevel> levels) {
        List<QuantileLevel> apart = new ArrayList<>();
        for (QuantileLevel level : levels) {
            boolean close = !apart.isEmpty() && NormalQuantiles.almostCoincide(apart.getLast(), level);
            if (close && level.equals(QuantileLevel.MEDIAN)) {
                apart.removeLast();
            }
            if (!close || level.equals(QuantileLevel.MEDIAN)) {
                apart.add(level);
            }
        }
        return apart;
    }

    private NetworkSettings complete(NetworkOptions asked) {
        return new NetworkSettings(
                or("network.cell", asked.cell(), CellType.LSTM),
                or("network.units", asked.units(), observations < FEW_OBSERVATIONS ? 32 : 64),
                or("network.layers", asked.layers(), 1),
                or("network.activation", asked.activation(), Activation.TANH),
                or("network.dropout", asked.dropout(), 0.0),
                or("network.members", asked.members(), MEMBERS));
    }

    private TrainingSettings complete(TrainingOptions asked) {
        int epochs = observations < FEW_OBSERVATIONS ? 40 : 20;
        return new TrainingSettings(
                or("training.epochs", asked.epochs(), epochs),
                or("training.batch_size", asked.batchSize(), observations < FEW_OBSERVATIONS ? 16 : 64),
                or("training.learning_rate", asked.learningRate(), 0.01),
                or("training.optimizer", asked.optimizer(), Optimizer.ADAM),
                or("training.gradient_clip", asked.gradientClip(), 1.0),
                asked.clipValue(),
                or("training.weight_decay", asked.weightDecay(), 0.0),
                or("training.patience", asked.patience(), 10),
                or("training.validation_split", asked.validationSplit(), 0.1),
                or("training.seed", asked.seed(), DEFAULT_SEED),
                asked.maxDuration());
    }

    private <T> T or(String name, @Nullable T asked, T choice) {
        if (asked != null) {
            return asked;
        }
        chosen.add(name);
        return choice;
    }

    private static boolean asksForSeason(ForecastOptions asked) {
        return asked.seasonLength() != null;
    }

    /**
     * The season of the series' frequency, where at least one series is long enough to show two of them; that of the values
     * where the series have no times.
     */
    private int seasonLength() {
        if (series.stream().allMatch(one -> one.timeline() == null)) {
            return SeasonSearch.seasonLength(series);
        }
        return shown(Frequency::seasonLength, 2);
    }

    private List<Integer> seasonLengths(int seasonLength, boolean asked) {
        int week = asked ? 1 : shown(Frequency::weekLength, 3);
        return IntStream.of(seasonLength, week)
                .filter(length -> length > 1)
                .sorted()
                .distinct()
                .boxed()
                .toList();
    }

    /** A length that the frequency gives and at least one series is long enough to show so many times; else 1. */
    private int shown(ToIntFunction<Frequency> lengthOf, int times) {
        int longest = series.stream().mapToInt(TimeSeries::length).max().orElse(0);
        return series.stream()
                .flatMap(one -> Stream.ofNullable(one.timeline()))
                .mapToInt(timeline -> lengthOf.applyAsInt(timeline.frequency()))
                .filter(length -> times * length <= longest)
                .findFirst()
                .orElse(1);
    }
}
