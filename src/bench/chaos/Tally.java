package chaos;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened, and what was wrong. */
final class Tally {
    static final String HEAD = "%7s %5s %6s %6s %5s %8s %5s %6s %8s %6s %8s %5s %9s | %9s %11s %4s %13s %5s"
            .formatted(
                    "seconds",
                    "kills",
                    "drains",
                    "stalls",
                    "moves",
                    "requests",
                    "cuts",
                    "pauses",
                    "sessions",
                    "forks",
                    "rewinds",
                    "rest.",
                    "observed",
                    "forecasts",
                    "differences",
                    "lost",
                    "applied twice",
                    "other");

    final LongAdder kills = new LongAdder();
    final LongAdder drains = new LongAdder();
    final LongAdder stalls = new LongAdder();
    final LongAdder moves = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder cuts = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder sessions = new LongAdder();
    final LongAdder forks = new LongAdder();
    final LongAdder rewinds = new LongAdder();
    final LongAdder restores = new LongAdder();
    final LongAdder observations = new LongAdder();
    final LongAdder forecasts = new LongAdder();
    private final LongAdder differences = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder twice = new LongAdder();
    private final LongAdder other = new LongAdder();
    private final Map<String, Integer> notes = new ConcurrentHashMap<>();
    private final long started = System.nanoTime();

    /** Each kind is told a few times. */
    private void note(String kind, String detail) {
        if (notes.merge(kind, 1, Integer::sum) <= 5) {
            System.out.printf(Locale.ROOT, "%7.1f %s: %s%n", seconds(), kind, detail);
        }
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    void differs(String detail) {
        differences.increment();
        note("difference", detail);
    }

    /** What was told to be durable is not there. */
    void lost(String detail) {
        lost.increment();
        note("lost", detail);
    }

    /** More was applied than was sent. */
    void twice(String detail) {
        twice.increment();
        note("applied twice", detail);
    }

    /** An answer that nothing explains. */
    void other(String kind, String detail) {
        other.increment();
        note("other: " + kind, detail);
    }

    boolean clean() {
        return differences.sum() == 0 && lost.sum() == 0 && twice.sum() == 0 && other.sum() == 0;
    }

    String row() {
        return "%7.0f %5d %6d %6d %5d %8d %5d %6d %8d %6d %8d %5d %9d | %9d %11d %4d %13d %5d"
                .formatted(
                        seconds(),
                        kills.sum(),
                        drains.sum(),
                        stalls.sum(),
                        moves.sum(),
                        requests.sum(),
                        cuts.sum(),
                        pauses.sum(),
                        sessions.sum(),
                        forks.sum(),
                        rewinds.sum(),
                        restores.sum(),
                        observations.sum(),
                        forecasts.sum(),
                        differences.sum(),
                        lost.sum(),
                        twice.sum(),
                        other.sum());
    }
}
