package io.foretide.streaming;

import io.foretide.network.Features;
import io.foretide.network.Surroundings;
import java.util.List;
import java.util.Map;

/** What is known beside the target around one step of a session. */
final class Around {
    private static final double[] NOTHING = {};
    private static final double[][] NOTHING_AHEAD = {};

    private Around() {}

    static Surroundings nothing(ServedForecaster version, SessionSettings settings, long step) {
        return of(version, settings, step, NOTHING, NOTHING_AHEAD);
    }

    /** @param covariates as a {@link Step.Value} keeps them */
    static Surroundings step(ServedForecaster version, SessionSettings settings, long step, double[] covariates) {
        if (covariates.length == 0) {
            return nothing(version, settings, step);
        }
        Features features = version.predictor().features();
        double[] past = new double[features.past().size()];
        System.arraycopy(covariates, 0, past, 0, past.length);
        double[][] ahead = new double[features.future().size()][];
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = new double[] {covariates[past.length + i]};
        }
        return of(version, settings, step, past, ahead);
    }

    /** @param future numbers of the steps after this one, by name */
    static Surroundings observation(
            ServedForecaster version,
            SessionSettings settings,
            long step,
            double[] covariates,
            Map<String, double[]> future) {
        if (future.isEmpty()) {
            return step(version, settings, step, covariates);
        }
        Features features = version.predictor().features();
        double[] past = new double[features.past().size()];
        System.arraycopy(covariates, 0, past, 0, Math.min(past.length, covariates.length));
        return of(version, settings, step, covariates.length == 0 ? NOTHING : past, ahead(features, future));
    }

    private static double[][] ahead(Features features, Map<String, double[]> future) {
        return features.future().stream()
                .map(covariate -> future.getOrDefault(covariate.name(), NOTHING))
                .toArray(double[][]::new);
    }

    private static Surroundings of(
            ServedForecaster version, SessionSettings settings, long step, double[] past, double[][] ahead) {
        Features features = version.predictor().features();
        return features.isEmpty()
                ? version.nothing()
                : Surroundings.ofStep(features, settings.fixed(), settings.timeline(), step, past, ahead);
    }

    /** What a step keeps of the covariates that came with it: none where none came. */
    static double[] kept(Features features, Map<String, Double> past, Map<String, double[]> future) {
        if (past.isEmpty() && future.isEmpty()) {
            return NOTHING;
        }
        double[] kept = new double[features.past().size() + features.future().size()];
        int next = 0;
        for (Features.Measured covariate : features.past()) {
            kept[next++] = past.getOrDefault(covariate.name(), Double.NaN);
        }
        for (Features.Measured covariate : features.future()) {
            double[] ahead = future.getOrDefault(covariate.name(), NOTHING);
            kept[next++] = ahead.length == 0 ? Double.NaN : ahead[0];
        }
        return kept;
    }

    /** The same step for another version, which may read other covariates. */
    static Step.Value carried(Step.Value step, Features from, Features to) {
        if (step.covariates().length == 0 || from.equals(to)) {
            return step;
        }
        double[] kept = new double[to.past().size() + to.future().size()];
        int next = 0;
        for (Features.Measured covariate : to.past()) {
            kept[next++] = of(step, from.past(), 0, covariate.name());
        }
        for (Features.Measured covariate : to.future()) {
            kept[next++] = of(step, from.future(), from.past().size(), covariate.name());
        }
        return new Step.Value(step.seq(), step.skipped(), step.value(), kept);
    }

    private static double of(Step.Value step, List<Features.Measured> covariates, int at, String name) {
        for (int i = 0; i < covariates.size(); i++) {
            if (covariates.get(i).name().equals(name)) {
                return step.covariates()[at + i];
            }
        }
        return Double.NaN;
    }
}
