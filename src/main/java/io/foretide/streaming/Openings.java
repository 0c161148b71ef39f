package io.foretide.streaming;

import io.foretide.network.Features;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Covariates;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes of the wish for a session what is kept of it at first: its settings, and the walk over the series that it begins with. */
final class Openings {
    private final Steppers steppers;
    private final SessionProperties properties;
    private final int kept;

    /**
     * A session that is not kept yet.
     *
     * @param base where it begins
     * @param warnings what the client may want to know
     */
    record Opening(StoredSession stored, ServedVersion version, Base base, List<String> warnings) {}

    /** @param kept how many of the last observations of the series can be walked through another version */
    Openings(Steppers steppers, SessionProperties properties, int kept) {
        this.steppers = steppers;
        this.properties = properties;
        this.kept = kept;
    }

    Opening of(ClientMessage.Open message) {
        return switch (steppers.load(message.model())) {
            case ServedForecaster version -> ofForecasts(message, version);
            case ServedClassifier version -> ofOthers(message, version);
            case ServedWriter version -> ofOthers(message, version);
        };
    }

    /** Of a session that begins with nothing. */
    private Opening ofOthers(ClientMessage.Open message, ServedVersion version) {
        requireNoForecasts(message, version);
        var settings = new SessionSettings(
                0,
                List.of(),
                message.emit(),
                message.onVersion(),
                message.seed(),
                ttl(message.ttl()),
                null,
                null,
                Map.of());
        Base base = Replay.begin(version, settings, 0).base();
        return opening(message, version, settings, History.startingAt(base), List.of());
    }

    private static void requireNoForecasts(ClientMessage.Open message, ServedVersion version) {
        if (message.horizon() != null) {
            throw SessionProblems.onlyForForecasts(version, "/horizon");
        }
        if (message.quantiles() != null) {
            throw SessionProblems.onlyForForecasts(version, "/quantiles");
        }
        if (message.series() != null) {
            throw SessionProblems.onlyForForecasts(version, "/series");
        }
    }

    private static Opening opening(
            ClientMessage.Open message,
            ServedVersion version,
            SessionSettings settings,
            History history,
            List<String> warnings) {
        String name = message.session() == null ? UUID.randomUUID().toString() : message.session();
        var stored = new StoredSession(name, message.model(), version.number(), settings, history);
        return new Opening(stored, version, history.newer(), warnings);
    }

    private Opening ofForecasts(ClientMessage.Open message, ServedForecaster version) {
        TimeSeries series =
                message.series() == null ? new TimeSeries("", null, new double[0], Covariates.NONE) : message.series();
        version.inputs().requireReadable(series, "/series");
        requireForecast(message.horizon(), message.quantiles());
        SessionSettings settings = settings(message, version, series);
        History history = history(version, settings, series);
        return opening(
                message, version, settings, history, unseen(version.predictor().features(), series));
    }

    private SessionSettings settings(ClientMessage.Open message, ServedForecaster version, TimeSeries series) {
        var trained = version.predictor().settings().forecast();
        int horizon = message.horizon() == null ? trained.horizon() : message.horizon();
        return new SessionSettings(
                horizon,
                trained.levels(message.quantiles()),
                message.emit(),
                message.onVersion(),
                message.seed(),
                ttl(message.ttl()),
                series.frequency(),
                series.timeline(),
                series.covariates().fixed());
    }

    private Duration ttl(@Nullable Duration asked) {
        if (asked != null && asked.compareTo(properties.ttl()) > 0) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The session is to be kept for %s after its last use, and at most %s are allowed. Ask for less, or raise foretide.sessions.ttl."
                                    .formatted(asked, properties.ttl()))
                    .with("limit", properties.ttl().toString())
                    .at("/ttl");
        }
        return asked == null ? properties.ttl() : asked;
    }

    /** Fails where a forecast would be longer, or of more levels, than one may be. */
    void requireForecast(@Nullable Integer horizon, @Nullable List<QuantileLevel> levels) {
        if (horizon != null) {
            require(
                    horizon,
                    properties.maxHorizon(),
                    "The horizon is %d steps, and at most %d are allowed. Ask for fewer.",
                    "/horizon");
        }
        if (levels != null) {
            require(
                    levels.size(),
                    properties.maxQuantiles(),
                    "There are %d quantile levels, and at most %d are allowed. Ask for fewer.",
                    "/quantiles");
        }
    }

    private static void require(int value, int limit, String detail, String pointer) {
        if (value > limit) {
            throw new ProblemException(ProblemType.LIMIT_EXCEEDED, detail.formatted(value, limit))
                    .with("limit", limit)
                    .at(pointer);
        }
    }

    /** The last of the series are kept as steps that end at the count 0. */
    private History history(ServedForecaster version, SessionSettings settings, TimeSeries series) {
        int length = series.length(), first = Math.max(0, length - kept);
        ForecastWalk walk = version.begin(settings);
        walk.over(series, 0, first);
        Base older = walk.at(first - length);
        List<Step> steps = new ArrayList<>();
        for (int i = first; i < length; i++) {
            steps.add(new Step.Value(i + 1L - length, 0, series.target()[i], kept(version, series, i)));
        }
        if (steps.isEmpty()) {
            return History.startingAt(older);
        }
        walk.over(series, first, length);
        return new History(older, walk.at(0), steps);
    }

    private static double[] kept(ServedForecaster version, TimeSeries series, int step) {
        Covariates known = series.covariates();
        if (known.past().isEmpty() && known.future().isEmpty()) {
            return new double[0];
        }
        Map<String, Double> past = new HashMap<>();
        known.past().forEach((name, values) -> past.put(name, values[step]));
        Map<String, double[]> future = new HashMap<>();
        known.future()
                .forEach((name, values) ->
                        future.put(name, Arrays.copyOfRange(values, Math.min(step + 1, values.length), values.length)));
        return Around.kept(version.predictor().features(), past, future);
    }

    private static List<String> unseen(Features features, TimeSeries series) {
        return features.fixed().stream()
                .filter(one -> series.covariates().fixed().containsKey(one.name()))
                .filter(one ->
                        !one.values().contains(series.covariates().fixed().get(one.name())))
                .map(one -> "The training did not see the value of the static covariate \"%s\": it is read as missing."
                        .formatted(one.name()))
                .toList();
    }
}
