package io.foretide.training;

import io.foretide.evaluation.Backtest;
import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Comparison;
import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Settings;
import io.foretide.network.Split;
import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelVersion;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Measures a new version on the end of each series, as far as neither its training nor those that it continues from saw it,
 * and compares it with the champion.
 */
@Component
final class Examination {
    private final Champions champions;
    private final int windowsPerSeries;

    /**
     * A new version and what it is measured on.
     *
     * @param forecaster the version, ready to forecast
     * @param unseen the windows that it has not seen
     * @param settings what it was trained with
     * @param series what it was trained on, the held-out end included
     */
    record Candidate(Forecaster forecaster, WindowFilter unseen, Settings settings, List<TimeSeries> series) {}

    Examination(Champions champions, TrainingProperties properties) {
        this.champions = champions;
        this.windowsPerSeries = properties.evaluationWindows();
    }

    /** How many steps it will take at most to measure a candidate with such settings and to compare it by the policy. */
    long steps(Settings settings, List<TimeSeries> series, PromotionPolicy policy) {
        Backtest.HeldOut plan = heldOut(settings, WindowFilter.ALL);
        long steps = series.stream()
                .flatMap(one -> plan.cut(one).origins().stream())
                .mapToLong(origin -> origin)
                .sum();
        return policy == PromotionPolicy.IF_BETTER ? 3 * steps : steps;
    }

    /** The measures of the candidate beside those of the simple forecasts. */
    BacktestReport measure(Candidate candidate) {
        return Backtest.heldOut(candidate.forecaster(), candidate.series(), heldOut(candidate, WindowFilter.ALL));
    }

    /** Decides by the policy, and where that says so by the weighted quantile loss. */
    PromotionDecision decide(Candidate candidate, PromotionPolicy policy, Optional<ModelVersion> champion) {
        Integer version = champion.map(ModelVersion::version).orElse(null);
        return switch (policy) {
            case NEVER -> new PromotionDecision(false, "promote is never", version, null);
            case ALWAYS -> new PromotionDecision(true, "promote is always", version, null);
            case IF_BETTER ->
                champion.map(present -> compareIfPossible(candidate, present))
                        .orElseGet(() -> new PromotionDecision(true, "there was no champion", null, null));
        };
    }

    private PromotionDecision compareIfPossible(Candidate candidate, ModelVersion champion) {
        try {
            return compare(candidate, champions.load(champion));
        } catch (ProblemException e) {
            // What was trained is worth keeping, whatever has become of the champion.
            return new PromotionDecision(
                    false, "the champion cannot be compared with: " + e.detail(), champion.version(), null);
        }
    }

    private PromotionDecision compare(Candidate candidate, Champion champion) {
        Comparison comparison = Backtest.compare(
                candidate.forecaster(),
                champion.forecaster(),
                candidate.series(),
                heldOut(candidate, champion.unseen()));
        return new PromotionDecision(
                comparison.challengerIsBetter(), explain(comparison, champion), champion.version(), comparison);
    }

    private static String explain(Comparison comparison, Champion champion) {
        if (comparison.windows() == 0) {
            return "there is no window that neither this version nor the champion, version %d, has seen"
                    .formatted(champion.version());
        }
        return String.format(
                Locale.ROOT,
                "its weighted quantile loss of %.6g is %s than the %.6g of the champion, version %d, on %d windows that neither has seen",
                comparison.challenger(),
                comparison.challengerIsBetter() ? "lower" : "not lower",
                comparison.champion(),
                champion.version(),
                comparison.windows());
    }

    private Backtest.HeldOut heldOut(Candidate candidate, WindowFilter filter) {
        return heldOut(
                candidate.settings(),
                (series, origin) -> candidate.unseen().accepts(series, origin) && filter.accepts(series, origin));
    }

    private Backtest.HeldOut heldOut(Settings settings, WindowFilter filter) {
        return new Backtest.HeldOut(
                settings.forecast().horizon(),
                windowsPerSeries,
                settings.forecast().seasonLength(),
                series -> Split.of(series, settings.forecast(), settings.training())
                        .validationEnd(),
                filter);
    }
}
