package io.foretide.evaluation;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * Goes on from the last value along the straight line through the first and the last.
 *
 * <pre>
 *   ŷ_{T+h} = y_T + h b      b = (y_T − y_1) / (T − 1)      q_p = ŷ_{T+h} + z_p σ √(h (1 + h/T))      h = 1, 2, …
 * </pre>
 *
 * σ is the standard deviation of the differences, z_p the normal quantile. Time runs on over missing values: T is the step
 * of the last observed one, counted from the first. A single value is repeated.
 */
record DriftForecaster() implements Forecaster {
    @Override
    public Forecast forecast(TimeSeries context, int horizon, List<QuantileLevel> levels) {
        Observations past = Observations.of(context.target());
        double last = past.values()[past.count() - 1];
        double slope = past.slopeOfEnds();
        double steps = past.lastStep() - past.firstStep() + 1;
        double[] mean = new double[horizon];
        double[] growth = new double[horizon];
        for (int future = 0; future < horizon; future++) {
            double h = past.ahead(future);
            mean[future] = last + h * slope;
            growth[future] = Math.sqrt(h * (1 + h / steps));
        }
        double deviation = LagDifferences.of(context.target(), 1).standardDeviation();
        return NormalForecast.of(mean, deviation, growth, levels);
    }
}
