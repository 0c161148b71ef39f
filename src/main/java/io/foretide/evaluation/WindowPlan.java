package io.foretide.evaluation;

import io.foretide.series.TimeSeries;
import java.util.List;

/** Where series are cut into what is known and what is to be forecast. */
sealed interface WindowPlan permits Backtest.Plan, Backtest.HeldOut {
    int horizon();

    int seasonLength();

    Cuts cut(TimeSeries series);

    /** The origins of a series' windows, and how many more were asked for that it is too short for. */
    record Cuts(List<Integer> origins, int skipped) {}
}
