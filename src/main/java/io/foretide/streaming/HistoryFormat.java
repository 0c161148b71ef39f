package io.foretide.streaming;

import io.foretide.streaming.ByteSource.UnreadableException;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a history: the number of the format, the bases, the steps. The newer base is left out where it is the older. */
final class HistoryFormat {
    /** Raised with every change of these bytes; that of packed states is in these. */
    static final int FORMAT = 1;

    private HistoryFormat() {}

    static byte[] write(History history) {
        List<Step> steps = history.steps();
        var to = new ByteSink(64 + 2 * history.newer().state().length + 12 * steps.size());
        boolean one = history.newer().equals(history.older());
        to.putByte(FORMAT);
        to.putByte(one ? 1 : 2);
        write(history.older(), to);
        if (!one) {
            write(history.newer(), to);
        }
        to.putWhole(steps.size());
        long before = history.older().seq();
        for (Step step : steps) {
            StepFormat.write(step, before, to);
            before = step.seq();
        }
        return to.toByteArray();
    }

    private static void write(Base base, ByteSink to) {
        to.putWhole(base.seq() << 1 ^ base.seq() >> 63);
        to.putWhole(base.scored());
        to.putWhole(base.inside());
        to.putBytes(base.state());
    }

    /**
     * Reads a history, and nothing behind it.
     *
     * @throws UnreadableException where this release cannot have written it
     */
    static History read(byte[] bytes) {
        var from = new ByteSource(bytes);
        int format = from.takeByte();
        if (format != FORMAT) {
            throw new UnreadableException("the history has format " + format + ", and this release reads " + FORMAT);
        }
        boolean one = from.takeByte() == 1;
        try {
            Base older = readBase(from);
            Base newer = one ? older : readBase(from);
            int count = from.takeCount(StepFormat.FEWEST_BYTES);
            var steps = new ArrayList<Step>(count);
            long before = older.seq();
            for (int i = 0; i < count; i++) {
                Step step = StepFormat.read(from, before);
                steps.add(step);
                before = step.seq();
            }
            if (from.hasMore()) {
                throw new UnreadableException("something stands behind the history");
            }
            return new History(older, newer, steps);
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a history cannot be: " + e.getMessage(), e);
        }
    }

    private static Base readBase(ByteSource from) {
        long zigzag = from.takeWhole();
        long seq = zigzag >>> 1 ^ -(zigzag & 1);
        long scored = from.takeUpTo(Long.MAX_VALUE);
        long inside = from.takeUpTo(Long.MAX_VALUE);
        return new Base(seq, from.takeBytes(), scored, inside);
    }
}
