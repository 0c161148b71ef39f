package io.foretide.training;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a job keeps to its {@code max_duration}: the training ends early enough for what comes after it, by how long its steps
 * took so far; and what comes before and after it is cut short where that was too little. Belongs to the thread of the run.
 */
final class TimeBudget {
    /** The training leaves at most this part of the limit: what takes longer is cut short instead. */
    private static final int RESERVE = 4;

    private final Duration limit;
    private final Supplier<Duration> spent;
    private long batchSteps = 1;
    private long heldOutSteps;
    private long stepsAfter;
    private @Nullable Duration asked;
    private @Nullable Duration quickestBatch;
    private @Nullable Duration measuringSince;
    private @Nullable Duration walk;
    private boolean acted;

    /** The stages before and after the steps of a training, with the part of the limit by which each has to be done, in percent. */
    enum Stage {
        PREPARATION(30),
        HELD_OUT(88),
        MEASURES(96),
        COMPARISON(102);

        private final int percent;

        Stage(int percent) {
            this.percent = percent;
        }
    }

    /** @param spent the time that the job took so far */
    TimeBudget(Duration limit, Supplier<Duration> spent) {
        this.limit = limit;
        this.spent = spent;
    }

    Duration limit() {
        return limit;
    }

    /**
     * @param batchSteps how many steps of windows a batch of the training has
     * @param heldOutSteps how many steps each measurement of a network walks within the training
     * @param stepsAfter how many steps are walked after it
     */
    void plan(long batchSteps, long heldOutSteps, long stepsAfter) {
        this.batchSteps = Math.max(1, batchSteps);
        this.heldOutSteps = heldOutSteps;
        this.stepsAfter = stepsAfter;
        asked = null;
    }

    /** Whether the training has to end. Asked before each batch, which is how it knows how long a batch takes. */
    boolean isTrainingOver() {
        Duration now = spent.get();
        if (asked != null) {
            Duration batch = now.minus(asked);
            quickestBatch = quickestBatch == null || batch.compareTo(quickestBatch) < 0 ? batch : quickestBatch;
        }
        asked = now;
        return acts(now.plus(reserve()).compareTo(limit) > 0);
    }

    void measuring() {
        measuringSince = spent.get();
        asked = null;
    }

    void measured() {
        if (measuringSince != null) {
            walk = spent.get().minus(measuringSince);
        }
    }

    boolean isOver(Stage stage) {
        return acts(spent.get().multipliedBy(100).compareTo(limit.multipliedBy(stage.percent)) > 0);
    }

    /** Whether anything has become less than it would have been without a limit. */
    boolean acted() {
        return acted;
    }

    private boolean acts(boolean over) {
        acted |= over;
        return over;
    }

    /** The epoch is measured, the calibration walks once more, and then come measures, comparison and publication. */
    private Duration reserve() {
        Duration most = limit.dividedBy(RESERVE);
        if (quickestBatch == null) {
            return Duration.ZERO;
        }
        // What was walked is the better measure: a batch goes back as well, and on more threads.
        double perStep = walk != null && heldOutSteps > 0
                ? walk.toNanos() / (double) heldOutSteps
                : quickestBatch.toNanos() / (double) batchSteps;
        double nanos = quickestBatch.toNanos() + perStep * (2.0 * heldOutSteps + stepsAfter);
        return nanos < most.toNanos() ? Duration.ofNanos((long) nanos) : most;
    }
}
