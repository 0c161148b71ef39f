package io.foretide.prediction;

import io.foretide.evaluation.Backtest;
import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Refuses what a model cannot answer, and what would take more than one request may. */
@Component
final class RequestChecks {
    private static final String SEQUENCES = "/sequences";

    private final PredictionProperties limits;

    RequestChecks(PredictionProperties limits) {
        this.limits = limits;
    }

    /** Refuses series that the model cannot walk. */
    void requireAnswerable(ServedForecaster model, List<TimeSeries> series) {
        if (series.isEmpty()) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "There are no series. Send at least one.")
                    .at("/series");
        }
        for (int i = 0; i < series.size(); i++) {
            model.inputs().requireReadable(series.get(i), "/series/" + i);
        }
    }

    /** What is known ahead must be sent for all steps of a forecast; beyond the trained horizon it may be missing. */
    void requireKnownAhead(ServedForecaster model, List<TimeSeries> series, int horizon) {
        int needed = Math.min(horizon, model.settings().horizon());
        for (int i = 0; i < series.size(); i++) {
            int steps = series.get(i).length() + needed;
            for (Map.Entry<String, double[]> sent :
                    series.get(i).covariates().future().entrySet()) {
                if (sent.getValue().length < steps) {
                    throw new ProblemException(
                                    ProblemType.INVALID_SERIES,
                                    "The future covariate \"%s\" of series \"%s\" has %d values, and %d are needed: those of the target and of %d steps ahead. Send null where it is not known."
                                            .formatted(
                                                    sent.getKey(),
                                                    series.get(i).itemId(),
                                                    sent.getValue().length,
                                                    steps,
                                                    needed))
                            .with("required", steps)
                            .with("actual", sent.getValue().length)
                            .at(JsonPointers.child("/series/" + i + "/future", sent.getKey()));
                }
            }
        }
    }

    /** Refuses series that say nothing to forecast from. */
    void requireObserved(List<TimeSeries> series) {
        for (int i = 0; i < series.size(); i++) {
            if (Arrays.stream(series.get(i).target()).allMatch(Double::isNaN)) {
                throw new ProblemException(
                                ProblemType.NOT_ENOUGH_DATA,
                                "Series \"%s\" has no observed value to forecast from. Send at least one."
                                        .formatted(series.get(i).itemId()))
                        .at("/series/" + i + "/target");
            }
        }
    }

    void requireHorizon(int horizon) {
        require(
                horizon,
                limits.maxHorizon(),
                "The horizon is %d steps, and at most %d are allowed. Ask for fewer.",
                "/horizon");
    }

    void requireLevels(List<QuantileLevel> levels) {
        require(
                levels.size(),
                limits.maxQuantiles(),
                "There are %d quantile levels, and at most %d are allowed. Ask for fewer.",
                "/quantiles");
    }

    /** Refuses an answer that would be too large to be held; says how many numbers it has. */
    long requireAnswerSize(int series, int horizon, int levels) {
        long numbers = (long) series * horizon * (levels + 1);
        require(
                numbers,
                limits.maxValues(),
                "The answer would hold %d numbers: series × horizon × (quantile levels + 1), and at most %d are allowed. Send fewer series at a time, or ask for a shorter horizon or fewer levels.",
                "/series");
        return numbers;
    }

    /** Refuses what would keep a processor busy for too long. */
    void requireWork(ServedForecaster model, long steps) {
        require(
                steps * model.parameters(),
                limits.maxWork(),
                "The request would take %d multiplications: steps × parameters of the model, and at most %d are allowed. Send fewer or shorter series at a time, ask for a shorter horizon, or train a smaller network.",
                "/series");
    }

    /** Refuses what would keep a processor busy for too long. */
    void requireWork(ServedClassifier model, long steps) {
        require(
                steps * model.workOfAStep(),
                limits.maxWork(),
                "The request would take %d multiplications: steps × those of a step, and at most %d are allowed. Send fewer or shorter sequences at a time, or train a smaller network.",
                SEQUENCES);
    }

    void requireTokens(int tokens) {
        require(
                tokens,
                limits.maxTokens(),
                "The continuation is to have %d tokens, and at most %d are allowed. Ask for fewer, or raise foretide.prediction.max-tokens.",
                "/max_tokens");
    }

    /** Refuses what would keep a processor busy for too long. */
    void requireWork(ServedWriter model, long steps) {
        require(
                steps * model.parameters(),
                limits.maxWork(),
                "The request would take %d multiplications: characters and tokens × parameters of the model, and at most %d are allowed. Send a shorter text, ask for fewer tokens, or train a smaller network.",
                "");
    }

    /** Refuses a backtest that would read for too long. */
    void requireBacktestCharacters(long characters) {
        require(
                characters,
                limits.maxBacktestSteps(),
                "The text has %d characters, and at most %d are allowed. Send a shorter one.",
                "/text");
    }

    /** Refuses an answer that would be too large to be held; says how many numbers it has. */
    long requireProbabilities(int sequences, int labels) {
        long numbers = (long) sequences * labels;
        require(
                numbers,
                limits.maxValues(),
                "The answer would hold %d numbers: sequences × labels, and at most %d are allowed. Send fewer sequences at a time.",
                SEQUENCES);
        return numbers;
    }

    /** Refuses a backtest that would walk for too long. */
    void requireBacktestSteps(long steps) {
        require(
                steps,
                limits.maxBacktestSteps(),
                "The backtest would walk %d steps, and at most %d are allowed. Send fewer or shorter sequences.",
                SEQUENCES);
    }

    void requireWindows(int windows) {
        require(
                windows,
                limits.maxWindows(),
                "There are %d windows in each series, and at most %d are allowed. Ask for fewer.",
                "/windows");
    }

    /**
     * Refuses a backtest that would walk for too long; each window walks its context from the start.
     *
     * @return the steps that are walked, with those that forecasts go on for
     */
    long requireSteps(List<TimeSeries> series, Backtest.Plan plan) {
        long steps = 0;
        long cut = 0;
        for (TimeSeries one : series) {
            for (long k = 0;
                    k < plan.windows() && k * plan.stride() < one.length() && steps <= limits.maxBacktestSteps();
                    k++) {
                steps += one.length() - k * plan.stride();
                cut++;
            }
        }
        require(
                steps,
                limits.maxBacktestSteps(),
                "The backtest would walk %d steps or more over all its windows, and at most %d are allowed. Ask for fewer windows, or send fewer or shorter series.",
                "/windows");
        return steps + cut * plan.horizon();
    }

    private static void require(long value, long limit, String detail, String pointer) {
        if (value > limit) {
            throw new ProblemException(ProblemType.LIMIT_EXCEEDED, detail.formatted(value, limit))
                    .with("limit", limit)
                    .at(pointer);
        }
    }
}
