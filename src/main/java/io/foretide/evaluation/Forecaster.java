package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;

/** Whatever gives a forecast for a context: a trained network, or a simple rule that it has to beat. */
@FunctionalInterface
public interface Forecaster {
    /** The steps after the context, of which at least one value is observed. Levels ascend. */
    Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels);
}
