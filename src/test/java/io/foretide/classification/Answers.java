package io.foretide.classification;

import io.foretide.network.TrainingMonitor;

/** Ends what asks it, at its n-th question. */
class Answers implements TrainingMonitor {
    private final long last;
    long questions;

    Answers(long last) {
        this.last = last;
    }

    boolean answer() {
        questions++;
        return questions >= last;
    }

    /** For work that is to end unfinished. */
    Deadline deadline() {
        return Deadline.ofMeasuring(new Answers(last) {
            @Override
            public boolean outOfTimeToMeasure() {
                return answer();
            }
        });
    }
}
