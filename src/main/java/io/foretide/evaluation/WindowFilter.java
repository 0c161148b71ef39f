package io.foretide.evaluation;

import io.foretide.series.TimeSeries;

/** A choice among windows, each named by its series and the first step that is to be forecast. */
@FunctionalInterface
public interface WindowFilter {
    WindowFilter ALL = (_, _) -> true;
    WindowFilter NONE = (_, _) -> false;

    boolean accepts(TimeSeries series, int origin);
}
