package io.foretide.streaming;

import java.time.Duration;

/** When something that is done again and again is due next. One thread only. */
final class Timetable {
    private final long interval;
    private long last = System.nanoTime();

    Timetable(Duration interval) {
        this.interval = interval.toNanos();
    }

    /** At most 0 where it is due. */
    long nanosLeft() {
        return last + interval - System.nanoTime();
    }

    boolean isDue() {
        return nanosLeft() <= 0;
    }

    void done() {
        last = System.nanoTime();
    }
}
