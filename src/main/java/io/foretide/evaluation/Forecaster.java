package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.function.Consumer;

/** Whatever gives a forecast for a context: a trained network, or a simple rule that it has to beat. */
@FunctionalInterface
public interface Forecaster {
    /** The steps after the context, of which at least one value is observed. Levels ascend. */
    Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels);

    /** As {@link #forecast} of each context, in their order; some can do that faster. */
    default List<Forecast> forecastAll(List<TimeSeries> contexts, int horizon, List<QuantileLevel> levels) {
        return contexts.stream()
                .map(context -> forecast(context, horizon, levels))
                .toList();
    }

    /** This forecaster, with something done each time before it forecasts. */
    default Forecaster after(Consumer<List<TimeSeries>> before) {
        Forecaster self = this;
        return new Forecaster() {
            @Override
            public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
                before.accept(List.of(context));
                return self.forecast(context, horizon, levels);
            }

            @Override
            public List<Forecast> forecastAll(List<TimeSeries> contexts, int horizon, List<QuantileLevel> levels) {
                before.accept(contexts);
                return self.forecastAll(contexts, horizon, levels);
            }
        };
    }
}
