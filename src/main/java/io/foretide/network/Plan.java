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

    /** A network that was trained already is to be moved on, not shaken: a fifth of the usual rate. */
    private static final double CONTINUED_LEARNING_RATE = 0.002;

    private final List<TimeSeries> series;
    private final @Nullable Predictor parent;
    private final long observations;
    private final List<String> chosen = new ArrayList<>();

    private Plan(List<TimeSeries> series, @Nullable Predictor parent) {
        this.series = series;
        this.parent = parent;
        this.observations = series.stream().mapToLong(TimeSeries::length).sum();
    }

    /**
     * @param seasonLengths ascending: that of the settings, and where it was chosen, a week of steps shorter than a day
     * @param chosen what was left open, as {@code section.field}
     * @param parent the network whose parameters the training starts from
     */
    record Planned(
            Settings settings,
            List<Integer> seasonLengths,
            List<String> chosen,
            @Nullable Predictor parent) {}

    static Planned complete(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        return new Plan(series, null).complete(forecast, network, training);
    }

    /** As {@link #complete}, but what shapes the network is taken from the parent, and may not be asked for otherwise. */
    static Planned continuing(
            Predictor parent,
            List<TimeSeries> series,
            ForecastOptions forecast,
            NetworkOptions network,
            TrainingOptions training) {
        Planned planned = new Plan(series, parent).complete(forecast, network, training);
        Continuation.requireSameShape(parent.settings(), planned.settings());
        return planned;
    }

    private Planned complete(ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        ForecastSettings completedForecast = complete(forecast);
        NetworkSettings completedNetwork = complete(network);
        TrainingSettings completedTraining = complete(training);
        List<Integer> seasonLengths = parent == null
                ? seasonLengths(completedForecast.seasonLength(), asksForSeason(forecast))
                : parent.smoothing().seasonLengths();
        var asked = new Settings(completedForecast, completedNetwork, completedTraining);
        return new Planned(asked.reading(features(asked)), seasonLengths, List.copyOf(chosen), parent);
    }

    private Features features(Settings asked) {
        List<Split> splits = Split.of(series, asked.forecast(), asked.training());
        Features found = FeatureChoice.of(series, splits);
        return parent == null ? found : Continuation.features(parent.settings().features(), found, series);
    }

    private ForecastSettings complete(ForecastOptions asked) {
        ForecastSettings inherited =
                parent == null ? standard(asked) : parent.settings().forecast();
        int horizon = Objects.requireNonNullElse(asked.horizon(), inherited.horizon());
        int season = or("forecast.season_length", asked.seasonLength(), inherited.seasonLength());
        Loss loss = or("forecast.loss", asked.loss(), inherited.loss());
        List<QuantileLevel> levels = List.of();
        if (loss == Loss.QUANTILE) {
            List<QuantileLevel> wanted = or("forecast.quantiles", asked.quantiles(), inherited.quantiles());
            levels = parent != null && asked.quantiles() == null ? wanted : spread(wanted);
        }
        return new ForecastSettings(
                horizon,
                or("forecast.context", asked.context(), inherited.context()),
                levels,
                season,
                loss,
                or("forecast.scaling", asked.scaling(), inherited.scaling()),
                or("forecast.anchor", asked.anchor(), inherited.anchor()));
    }

    /** What is chosen for the data where nothing is inherited. */
    private ForecastSettings standard(ForecastOptions asked) {
        int horizon = Objects.requireNonNull(asked.horizon(), "horizon");
        int season = Objects.requireNonNullElseGet(asked.seasonLength(), this::seasonLength);
        int context = Math.clamp(Math.max(2 * season, horizon), LEAST_CONTEXT, MOST_CONTEXT);
        return new ForecastSettings(
                horizon, context, DEFAULT_LEVELS, season, Loss.QUANTILE, Scaling.AUTO, Anchoring.AUTO);
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
        NetworkSettings inherited = parent == null
                ? new NetworkSettings(
                        CellType.LSTM, observations < FEW_OBSERVATIONS ? 32 : 64, 1, Activation.TANH, 0, MEMBERS)
                : parent.settings().network();
        return new NetworkSettings(
                or("network.cell", asked.cell(), inherited.cell()),
                or("network.units", asked.units(), inherited.units()),
                or("network.layers", asked.layers(), inherited.layers()),
                or("network.activation", asked.activation(), inherited.activation()),
                or("network.dropout", asked.dropout(), inherited.dropout()),
                or("network.members", asked.members(), inherited.members()));
    }

    private TrainingSettings complete(TrainingOptions asked) {
        int epochs = observations < FEW_OBSERVATIONS ? 40 : 20;
        if (parent != null) {
            epochs /= 2;
        }
        return new TrainingSettings(
                or("training.epochs", asked.epochs(), epochs),
                or("training.batch_size", asked.batchSize(), observations < FEW_OBSERVATIONS ? 16 : 64),
                or("training.learning_rate", asked.learningRate(), parent == null ? 0.01 : CONTINUED_LEARNING_RATE),
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
