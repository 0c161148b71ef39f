package io.foretide.evaluation;

import io.foretide.network.Predictor;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;

/** A trained network, which walks the whole context from a fresh state. */
public record NetworkForecaster(Predictor predictor) implements Forecaster {
    @Override
    public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        return predictor.predict(context, horizon, levels);
    }

    @Override
    public List<Forecast> forecastAll(List<TimeSeries> contexts, int horizon, List<QuantileLevel> levels) {
        return predictor.predictAll(contexts, horizon, levels);
    }
}
