package io.foretide.network;

import io.foretide.series.TimeSeries;

/**
 * Which part of a series is for what. Steps before {@code trainingEnd} move the parameters, those before
 * {@code validationEnd} choose among them, and those from {@code validationEnd} on are never seen by a training.
 */
public record Split(int trainingEnd, int validationEnd) {
    /** Whether a training with this split of the series saw the step. */
    public boolean hasSeen(int step) {
        return step < validationEnd;
    }

    /**
     * Each held-out part is half the validation split of the series, and at least a horizon. A series too short for both
     * gives one: which one follows from its item id, so that of many short series some validate and others test. A
     * series too short for that is trained on whole.
     */
    public static Split of(TimeSeries series, ForecastSettings forecast, TrainingSettings training) {
        int length = series.length();
        int horizon = forecast.horizon();
        if (training.validationSplit() == 0) {
            return new Split(length, length);
        }
        int part = Math.max(horizon, (int) Math.round(0.5 * training.validationSplit() * length));
        int leastTraining = Math.max(horizon + 2, Math.min(2 * forecast.seasonLength(), 3 * horizon));
        if (length - 2 * part >= leastTraining) {
            return new Split(length - 2 * part, length - part);
        }
        if (length - part < Math.max(horizon + 2, 4)) {
            return new Split(length, length);
        }
        boolean tests = Math.floorMod(series.itemId().hashCode(), 2) == 0;
        return tests ? new Split(length - part, length - part) : new Split(length - part, length);
    }
}
