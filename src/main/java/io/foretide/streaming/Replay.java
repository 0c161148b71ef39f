package io.foretide.streaming;

import io.foretide.network.UnreadableStateException;
import java.util.List;

/** Walks once more what a session has walked before, and counts it. One thread. */
final class Replay {
    private final Walk walk;
    private long seq;

    private Replay(Walk walk, long seq) {
        this.walk = walk;
        this.seq = seq;
    }

    /** From the beginning; the count goes on from {@code seq}. */
    static Replay begin(ServedVersion version, SessionSettings settings, long seq) {
        return new Replay(version.begin(settings), seq);
    }

    static Replay from(ServedVersion version, SessionSettings settings, Base base) throws UnreadableStateException {
        return new Replay(version.from(settings, base), base.seq());
    }

    Replay over(List<Step> steps) {
        for (Step step : steps) {
            walk.take(step);
            seq = step.seq();
        }
        return this;
    }

    Base base() {
        return walk.at(seq);
    }
}
