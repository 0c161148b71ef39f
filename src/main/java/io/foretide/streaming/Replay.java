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

    /** All of a history, from the newest state that is kept of it. */
    static Replay of(ServedVersion version, SessionSettings settings, History history) throws UnreadableStateException {
        Base base = history.latest();
        return new Replay(version.from(settings, base), base.seq()).over(history.stepsAfter(base.seq()));
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
