package io.foretide.training;

import io.foretide.evaluation.Backtest;
import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Comparison;
import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Settings;
import io.foretide.network.Split;
import io.foretide.registry.ModelVersion;
import io.foretide.series.TimeSeries;
import java.util.List;
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
     * A new version that forecasts, and what it is measured on.
     *
     * @param forecaster the version, ready to forecast
     * @param unseen the windows that it has not seen
     * @param settings what it was trained with
     * @param series what it was trained on, the held-out end included
     */
    record Entrant(Forecaster forecaster, WindowFilter unseen, Settings settings, List<TimeSeries> series) {}

    Examination(Champions champions, TrainingProperties properties) {
        this.champions = champions;
        this.windowsPerSeries = properties.evaluationWindows();
    }

    /** How many steps it will take at most to measure a version with such settings and to compare it by the policy. */
    long steps(Settings settings, List<TimeSeries> series, PromotionPolicy policy) {
        Backtest.HeldOut plan = heldOut(settings, WindowFilter.ALL);
        long steps = series.stream()
                .flatMap(one -> plan.cut(one).origins().stream())
                .mapToLong(origin -> origin)
                .sum();
        return policy == PromotionPolicy.IF_BETTER ? 3 * steps : steps;
    }

    /** The measures of the entrant beside those of the simple forecasts. */
    BacktestReport measure(Entrant entrant) {
        return Backtest.heldOut(entrant.forecaster(), entrant.series(), heldOut(entrant, WindowFilter.ALL));
    }

    /** How the entrant does beside the champion, by the weighted quantile loss. */
    Comparison compare(Entrant entrant, ModelVersion version) {
        Champion champion = champions.load(version);
        return Backtest.compare(
                entrant.forecaster(), champion.forecaster(), entrant.series(), heldOut(entrant, champion.unseen()));
    }

    private Backtest.HeldOut heldOut(Entrant entrant, WindowFilter filter) {
        return heldOut(
                entrant.settings(),
                (series, origin) -> entrant.unseen().accepts(series, origin) && filter.accepts(series, origin));
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
