package io.foretide.training;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is.
 *
 * @param epoch the last epoch that was finished; 0 for none
 * @param epochs the most epochs that are planned; 0 before that is known
 * @param remaining an estimate from the epochs so far; a training may also stop earlier
 */
record Progress(
        Phase phase,
        int epoch,
        int epochs,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss,
        @Nullable Duration remaining) {
    static final Progress NONE = new Progress(Phase.WAITING, 0, 0, null, null, null);

    double percent() {
        return phase.percent(epoch, epochs);
    }
}
