package io.foretide.evaluation;

import java.util.Locale;
import java.util.function.IntFunction;

/** The simple forecasts that a model has to beat: each backtest and each training measures all of them beside it. */
public enum Baseline {
    /** Repeats the last value. */
    NAIVE(_ -> SeasonalNaiveForecaster.NAIVE),

    /** Repeats the last season. */
    SEASONAL_NAIVE(SeasonalNaiveForecaster::new),

    /** Goes on along the line through the first and the last value. */
    DRIFT(_ -> new DriftForecaster()),

    /** Simple exponential smoothing. */
    SES(_ -> new SesForecaster()),

    /** The Theta method. */
    THETA(ThetaForecaster::new);

    private final IntFunction<Forecaster> forSeasonLength;

    Baseline(IntFunction<Forecaster> forSeasonLength) {
        this.forSeasonLength = forSeasonLength;
    }

    /** Forecasts series whose pattern repeats after that many steps; 1 where it does not. */
    public Forecaster forecaster(int seasonLength) {
        return forSeasonLength.apply(seasonLength);
    }

    /** Its name in answers and records. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
