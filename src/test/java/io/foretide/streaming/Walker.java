package io.foretide.streaming;

import java.nio.ByteBuffer;
import java.util.List;

/** A session whose state is a number that depends on every step and on their order. */
final class Walker implements LiveSession {
    static final Base START = new Base(0, bytes(1), 0, 0);

    final SessionLog log;
    private final Journal journal;
    private long seq;
    private long state;
    private volatile long durable;
    private volatile boolean takenOver;

    Walker(Journal journal, SessionLog log, History history) {
        this.journal = journal;
        this.log = log;
        this.seq = history.seq();
        this.state = stateOf(history);
        this.durable = history.seq();
        log.attach(this);
    }

    static Walker of(Journal journal, Journal.Claimed claimed) {
        return new Walker(journal, claimed.log(), claimed.session().history());
    }

    /** The state at the end of a history. */
    static long stateOf(History history) {
        return walked(
                number(history.newer().state()),
                history.stepsAfter(history.newer().seq()));
    }

    /** The same, walked from the older base. */
    static long stateFromOlder(History history) {
        return walked(number(history.older().state()), history.steps());
    }

    static long walked(long from, List<Step> steps) {
        long state = from;
        for (Step step : steps) {
            state = next(state, ((Step.Value) step).value());
        }
        return state;
    }

    private static long next(long state, double value) {
        return 31 * state + Double.doubleToRawLongBits(value);
    }

    private static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    synchronized void observe(double value) {
        journal.append(log, new Step.Value(seq + 1, value));
        seq++;
        state = next(state, value);
    }

    void observe(double... values) {
        for (double value : values) {
            observe(value);
        }
    }

    synchronized long seq() {
        return seq;
    }

    synchronized long state() {
        return state;
    }

    long durableSeq() {
        return durable;
    }

    boolean wasTakenOver() {
        return takenOver;
    }

    @Override
    public synchronized Base base() {
        return new Base(seq, bytes(state), seq, seq / 2);
    }

    @Override
    public void durable(long count) {
        if (takenOver) {
            throw new IllegalStateException("told durable after it was taken over");
        }
        durable = count;
    }

    @Override
    public void takenOver() {
        takenOver = true;
    }
}
