package io.foretide.training;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still, until a test moves it on. */
final class SetClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Duration eachLook = Duration.ZERO;

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** As if so much time passed between any two looks at the clock. */
    void advanceWithEachLook(Duration time) {
        eachLook = time;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        now = now.plus(eachLook);
        return now;
    }
}
