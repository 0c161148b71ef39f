package io.foretide.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one session: a walk at two counts, and every step since the older one.
 *
 * <pre>
 *      older            newer          last
 *   ─────●────────────────●──────────────┤      steps: all of (older, last]
 * </pre>
 *
 * The newer base is where the session goes on from after a restart; the steps behind the older one are what it can be rewound
 * over, or walked through another version.
 */
record History(Base older, Base newer, List<Step> steps) {
    History {
        steps = List.copyOf(steps);
        if (newer.seq() < older.seq()) {
            throw new IllegalArgumentException("the older base is at " + older.seq() + ", the newer at " + newer.seq());
        }
        long before = older.seq();
        for (Step step : steps) {
            if (step.seq() <= before) {
                throw new IllegalArgumentException("step " + step.seq() + " follows " + before);
            }
            before = step.seq();
        }
    }

    /** A session of which nothing but where it stands is known. */
    static History startingAt(Base base) {
        return new History(base, base, List.of());
    }

    /** The count of the last observation. */
    long seq() {
        return steps.isEmpty()
                ? newer.seq()
                : Math.max(newer.seq(), steps.getLast().seq());
    }

    /** Where it goes on from: the newest state that is kept. */
    Base latest() {
        for (Step step : stepsAfter(newer.seq()).reversed()) {
            if (step instanceof Step.Milestone(Step reached, byte[] state)) {
                return new Base(reached.seq(), state, newer.scored(), newer.inside());
            }
        }
        return newer;
    }

    /** The steps behind a count. */
    List<Step> stepsAfter(long seq) {
        int first = steps.size();
        while (first > 0 && steps.get(first - 1).seq() > seq) {
            first--;
        }
        return steps.subList(first, steps.size());
    }

    /** With those of the steps that are behind the last one; others are in it already. */
    History with(List<Step> further) {
        var all = new ArrayList<Step>(steps.size() + further.size());
        all.addAll(steps);
        long last = seq();
        for (Step step : further) {
            if (step.seq() > last) {
                all.add(step);
                last = step.seq();
            }
        }
        return new History(older, newer, all);
    }

    /**
     * With a newer base, and without the steps before the one that was newer until now, if at least so many steps lie between
     * the two; unchanged otherwise.
     */
    History movedTo(Base base, int kept) {
        boolean farEnough = base.seq() > newer.seq()
                && base.seq() <= seq()
                && stepsAfter(newer.seq()).size() - stepsAfter(base.seq()).size() >= kept;
        return farEnough ? new History(newer, base, stepsAfter(newer.seq())) : this;
    }

    /** As it was when the last observation was the one of that count; empty where that is not kept any more. */
    Optional<History> cutTo(long seq) {
        if (seq < older.seq() || seq > seq()) {
            return Optional.empty();
        }
        List<Step> left = steps.subList(0, steps.size() - stepsAfter(seq).size());
        return Optional.of(new History(older, seq < newer.seq() ? older : newer, left));
    }
}
