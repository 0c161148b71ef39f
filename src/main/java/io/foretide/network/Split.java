package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * Which part of a series is for what. Steps before {@code trainingEnd} move the parameters, those before
 * {@code validationEnd} choose among them, and those from {@code validationEnd} on are never seen by a training.
 */
public record Split(int trainingEnd, int validationEnd) {
    /** Of series too short to hold anything out, one in so many is held out, but for a first part to walk. */
    private static final int SHORT_SERIES_EACH = 4;

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

    /**
     * Those of all series of a training: as each has it by itself. Where few hold anything out for themselves, some of those too
     * short for it are not learned from, so that there is something to tell when to stop and how wide intervals have to be.
     */
    static List<Split> of(List<TimeSeries> series, ForecastSettings forecast, TrainingSettings training) {
        List<Split> splits =
                series.stream().map(one -> of(one, forecast, training)).toList();
        long validating = splits.stream()
                .filter(split -> split.validationEnd() > split.trainingEnd())
                .count();
        boolean enough = training.validationSplit() == 0 || SHORT_SERIES_EACH * validating >= series.size();
        return enough ? splits : withShortOnesHeldOut(series, splits, forecast.horizon());
    }

    private static List<Split> withShortOnesHeldOut(List<TimeSeries> series, List<Split> splits, int horizon) {
        List<Split> held = new ArrayList<>();
        int tooShort = 0;
        for (int i = 0; i < splits.size(); i++) {
            int length = series.get(i).length();
            boolean whole = length > 1 && splits.get(i).trainingEnd() == length;
            tooShort += whole ? 1 : 0;
            boolean heldOut = whole && tooShort % SHORT_SERIES_EACH == 0;
            held.add(heldOut ? new Split(Math.max(1, length - horizon), length) : splits.get(i));
        }
        return List.copyOf(held);
    }
}
