package chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A session as its client knows it: what it was sent, how much of that is applied, and how much durable. */
final class Walk {
    /** More are not sent before the first of them is answered. */
    private static final int WINDOW = 8;

    private static final long LONGEST_UNDER_WAY = TimeUnit.SECONDS.toNanos(60);

    private final String name;
    private final boolean emits;
    private final Tally tally;
    private List<Context> after;
    private String token;
    private Line line;
    private Line former;
    private final Queue<String> story = new ArrayDeque<>();
    private boolean resuming;
    private final Map<String, Line> resumes = new HashMap<>();
    private int requests;
    private Change pending;
    private int next = 1;
    private int sent;
    private int applied;
    private int durable;
    private int changed;
    private int resumedAt = Integer.MAX_VALUE;
    private long asked = System.nanoTime();
    private long notBefore;
    private long noWayBackBefore = System.nanoTime();
    private boolean finallyAsked;
    private boolean finallyAnswered;

    /** What was asked for, and is not answered. */
    sealed interface Change {
        record Open() implements Change {}

        record Fork(String name) implements Change {}

        record Rewind(int toSeq) implements Change {}

        record Snapshot() implements Change {}

        record Restore(Kept state) implements Change {}

        record Close() implements Change {}
    }

    /** A state that was told, and the observations that lead there. */
    record Kept(String state, List<Context> after) {
        int seq() {
            return after.size() - 1;
        }
    }

    /** @param after what is walked after each observation; first what the session is opened with, or what it was forked with */
    Walk(String name, boolean emits, List<Context> after, Tally tally) {
        this.name = name;
        this.emits = emits;
        this.after = new ArrayList<>(after);
        this.tally = tally;
    }

    String name() {
        return name;
    }

    boolean emits() {
        return emits;
    }

    Line line() {
        return line;
    }

    Change pending() {
        return pending;
    }

    boolean isResuming() {
        return resuming;
    }

    String token() {
        return token;
    }

    int applied() {
        return applied;
    }

    int durable() {
        return durable;
    }

    int last() {
        return after.size() - 1;
    }

    Context at(int seq) {
        return after.get(seq);
    }

    boolean knows(int seq) {
        return seq < after.size();
    }

    List<Context> prefix(int seq) {
        return List.copyOf(after.subList(0, seq + 1));
    }

    String describe() {
        return "%s applied %d of %d, durable %d, next %d, sent %d, %s%s, waits for %s"
                .formatted(
                        name, applied, last(), durable, next, sent, line == null ? "detached" : "attached", resuming ? ", resuming" : "", pending);
    }

    /** Keeps the last things that happened to it, for whoever has to find out what went wrong. */
    void happened(String what, Line where) {
        story.add("%.2f %s %s".formatted(tally.seconds(), what, where == null ? "-" : where.name()));
        if (story.size() > 60) {
            story.remove();
        }
    }

    private String story() {
        return "\n          " + String.join("\n          ", story);
    }

    // ---- what it sends

    /** Whether an observation may be sent now. */
    boolean takes() {
        boolean free = pending == null || pending instanceof Change.Fork || pending instanceof Change.Snapshot;
        return line != null && !resuming && free && next - applied <= WINDOW && System.nanoTime() >= notBefore;
    }

    boolean isBehind() {
        return next <= last();
    }

    /** All that was sent is applied, and nothing is asked for. */
    boolean isQuiet() {
        return line != null && !resuming && pending == null && applied == next - 1 && applied == last();
    }

    /** All that was sent is applied, as far as it was told. */
    boolean hasAllAnswers() {
        return applied == next - 1;
    }

    boolean isSettled() {
        return isQuiet() && durable == applied;
    }

    /** Draws a new observation where all others were sent. */
    void draw(Random random) {
        if (!isBehind()) {
            after.add(after.getLast().next(random));
        }
    }

    Context upcoming() {
        return after.get(next);
    }

    /** Counts the next observation as sent. */
    int send() {
        asks();
        happened("observes " + next, line);
        sent = Math.max(sent, next);
        return next++;
    }

    /** A request may still arrive: what it observes is a repeat, unless the session has gone back. */
    void hasNoAnswer() {
        happened("has no answer", null);
        noWayBackBefore = System.nanoTime() + LONGEST_UNDER_WAY;
    }

    boolean mayGoBack() {
        return isQuiet() && System.nanoTime() >= noWayBackBefore;
    }

    void asks() {
        if (!awaits()) {
            asked = System.nanoTime();
        }
    }

    private boolean awaits() {
        return resuming || pending != null || applied < next - 1;
    }

    boolean waitsLongerThan(long nanos) {
        return line != null && awaits() && System.nanoTime() - asked > nanos;
    }

    void change(Change change) {
        asks();
        pending = change;
        requests++;
        happened(
                switch (change) {
                    case Change.Restore(Kept state) -> "asks to restore " + state.seq();
                    default -> "asks " + change;
                },
                line);
    }

    /** Names the last request, so that answers to earlier ones are told apart. */
    String request() {
        return name + "#" + requests;
    }

    /** Whether an answer is one to the last request; one to an earlier one is over with. */
    boolean isAnswered(String request) {
        resumes.remove(request);
        return request.equals(request());
    }

    // ---- where it is

    void resumeOn(Line there) {
        asks();
        line = there;
        resuming = true;
        asked = System.nanoTime();
        requests++;
        happened("resumes by " + request(), line);
        resumes.put(request(), there);
    }

    /** Leaves its line, which may still tell something that was on its way. */
    void detach(long millis) {
        happened("detaches", line);
        if (line != null && !resuming) {
            former = pending == null ? line : null;
        }
        resumedAt = Integer.MAX_VALUE;
        line = null;
        resuming = false;
        notBefore = System.nanoTime() + millis * 1_000_000;
        if (pending instanceof Change.Fork || pending instanceof Change.Snapshot) {
            pending = null;
        }
    }

    boolean wantsLine() {
        return token != null && line == null && System.nanoTime() >= notBefore;
    }

    /** It is open, or forked at a count: all up to there is in the store. */
    void opened(String itsToken, Line there, int seq) {
        token = itsToken;
        line = there;
        resuming = false;
        resumes.clear();
        pending = null;
        stands(seq);
        sent = seq;
        durable = seq;
    }

    private void stands(int seq) {
        asked = System.nanoTime();
        tally.observations.add(Math.max(0, seq - applied));
        applied = seq;
        next = seq + 1;
    }

    /** Where the service says that it stands; false where that cannot be. */
    boolean resumed(int seq, int durableSeq) {
        resuming = false;
        Change change = pending;
        pending = null;
        switch (change) {
            case Change.Rewind(int toSeq) when seq == toSeq -> rewound(seq);
            case Change.Restore(Kept state) when seq == state.seq() && (seq < durable || seq > sent) -> restored(state);
            case null, default -> {
                if (seq < durable) {
                    tally.lost("%s is resumed at %d, %d was durable, change %s%s".formatted(name, seq, durable, change, story()));
                }
                if (seq > sent) {
                    tally.twice("%s is resumed at %d, sent were %d, change %s%s".formatted(name, seq, sent, change, story()));
                    return false;
                }
                durable = durableSeq;
                stands(seq);
            }
        }
        resumedAt = seq;
        return true;
    }

    void rewound(int seq) {
        pending = null;
        after = new ArrayList<>(after.subList(0, seq + 1));
        becomes(seq);
    }

    void restored(Kept state) {
        pending = null;
        after = new ArrayList<>(state.after());
        becomes(state.seq());
    }

    private void becomes(int seq) {
        applied = seq; // none of them is new
        stands(seq);
        sent = seq;
        durable = seq;
        former = null;
    }

    /** It went elsewhere than on; what was sent up to that message belongs to what was before. */
    void changedAt(int message) {
        changed = message;
    }

    boolean wasChangedSince(int message) {
        return message <= changed;
    }

    void changeFailed() {
        pending = null;
        asked = System.nanoTime();
    }

    /** An answer: all up to a count is applied. */
    void told(Line by, int seq, int durableSeq) {
        if (by != line) {
            toldLate(by, durableSeq);
            return;
        }
        if (resuming) {
            return;
        }
        if (seq > sent) {
            tally.twice("%s is at %d, sent were %d%s".formatted(name, seq, sent, story()));
        }
        asked = System.nanoTime();
        tally.observations.add(Math.max(0, seq - applied));
        applied = Math.max(applied, seq);
        next = Math.max(next, applied + 1);
        durable = Math.max(durable, durableSeq);
    }

    /** What was durable where it was before is so where it is now. */
    private void toldLate(Line by, int durableSeq) {
        if (by != former || resumes.containsValue(by)) {
            return; // one that is still to be answered there may have brought it back
        }
        if (durableSeq > resumedAt) {
            tally.lost("%s was resumed at %d, %d was durable%s".formatted(name, resumedAt, durableSeq, story()));
        }
        if (resumedAt == Integer.MAX_VALUE) {
            durable = Math.max(durable, durableSeq);
        }
    }

    /** Sends again from what is expected. */
    void sendFrom(int seq, long millis) {
        next = seq;
        notBefore = System.nanoTime() + millis * 1_000_000;
        asked = System.nanoTime();
    }

    // ---- the end

    boolean finallyAsks() {
        boolean first = !finallyAsked;
        finallyAsked = true;
        return first;
    }

    void asksFinallyAgain() {
        finallyAsked = false;
    }

    void answersFinally() {
        finallyAnswered = true;
    }

    boolean isFinallyAnswered() {
        return finallyAnswered;
    }
}
