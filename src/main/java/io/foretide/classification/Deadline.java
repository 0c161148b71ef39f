package io.foretide.classification;

import io.foretide.network.TrainingMonitor;
import java.util.concurrent.CancellationException;

/** Until when something may be worked on. Asked between pieces of work that take milliseconds. */
interface Deadline {
    Deadline NONE = () -> {};

    /** Thrown through work that is to end unfinished. */
    final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Passed() {
            super(null, null, false, false);
        }
    }

    /** Ends the work where its time is up, or where the training is cancelled. */
    void check();

    /** For what a training can do without before its first step. */
    static Deadline ofPreparation(TrainingMonitor monitor) {
        return () -> {
            if (monitor.outOfTimeToPrepare()) {
                throw new Passed();
            }
        };
    }

    /** For what is said of sequences that were held out. */
    static Deadline ofMeasuring(TrainingMonitor monitor) {
        return () -> {
            if (monitor.outOfTimeToMeasure()) {
                throw new Passed();
            }
        };
    }

    /** For what a training cannot do without. */
    static Deadline ofCancellation(TrainingMonitor monitor) {
        return () -> {
            if (monitor.cancelled()) {
                throw new CancellationException("training was cancelled");
            }
        };
    }
}
