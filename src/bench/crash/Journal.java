import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the service has confirmed, and what was asked for without a definite answer.
 *
 * <p>A confirmed change must hold for ever. One in flight may have happened or not, but wholly, and the service says which.
 */
final class Journal {
    final Map<String, Submission> submissions = new ConcurrentHashMap<>();
    final Map<VersionName, Version> versions = new ConcurrentHashMap<>();
    final Map<String, Import> imports = new ConcurrentHashMap<>();
    final List<Alias> aliases = new ArrayList<>();
    private final Map<Object, String> inFlight = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Finding> findings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger confirmed = new AtomicInteger();

    /** What must not happen. */
    enum Wrong {
        MISSING_ARTIFACT("versions without their artifact"),
        DOUBLED("doubled versions"),
        NUMBER_REUSED("version numbers used twice"),
        LOST("confirmed changes lost"),
        HALF_WRITTEN("half-written things"),
        STUCK("jobs stuck"),
        UNFORESEEN("unforeseen answers");

        final String title;

        Wrong(String title) {
            this.title = title;
        }
    }

    record Finding(Wrong wrong, String what) {}

    record VersionName(String model, int version) {
        @Override
        public String toString() {
            return model + ":" + version;
        }
    }

    /** A training under a key of its own. Its thread writes while the service runs, the verification while it does not. */
    static final class Submission {
        final String key;
        final String model;
        final String body;
        volatile String job;
        volatile boolean cancelled;
        volatile String end;

        Submission(String key, String model, String body) {
            this.key = key;
            this.model = model;
            this.body = body;
        }
    }

    /** The bytes of a version, and whether it is still to be there. */
    static final class Version {
        final String sha256;
        volatile boolean deleteAsked;
        volatile boolean deleted;

        Version(String sha256) {
            this.sha256 = sha256;
        }
    }

    /** An artifact that was sent into a new model of its own. */
    static final class Import {
        final String sha256;
        volatile Integer version;
        volatile boolean deleteAsked;
        volatile boolean deleted;

        Import(String sha256) {
            this.sha256 = sha256;
        }
    }

    /** Where an alias was pointed to, for a reason of its own; no version where it was removed. */
    record Move(Integer version, String reason) {
        static final Move REMOVAL = new Move(null, "");

        /** The version of a move whose answer would have told it. */
        static final int UNTOLD = 0;

        /** Whether what was found is this move. */
        boolean is(Move found) {
            return version == null || found.version == null
                    ? version == null && found.version == null
                    : reason.equals(found.reason) && (version == UNTOLD || version.equals(found.version));
        }
    }

    /** An alias that one client alone moves, so that the order of its moves is known. */
    static final class Alias {
        final String model;
        final String name;
        final List<Move> moves = new ArrayList<>();
        Move unknown;

        Alias(String model, String name) {
            this.model = model;
            this.name = name;
        }

        String path() {
            return "/api/v1/models/" + model + "/aliases/" + name;
        }

        Integer version() {
            return moves.isEmpty() ? null : moves.getLast().version();
        }
    }

    /** Sends a request, which is in flight until a definite answer is there. */
    Api.Answer track(String kind, Api.Request request) throws IOException {
        var sent = new Object();
        inFlight.put(sent, kind);
        Api.Answer answer = request.send();
        if (answer.isDefinite()) {
            inFlight.remove(sent);
        }
        return answer;
    }

    /** What is in flight, such as {@code 2 alias, 1 import}; the list begins anew. */
    String takeInFlight() {
        Map<String, Long> counts = inFlight.values().stream()
                .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        inFlight.clear();
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    boolean isInFlight(String kind) {
        return inFlight.containsValue(kind);
    }

    void confirm() {
        confirmed.incrementAndGet();
    }

    int confirmed() {
        return confirmed.get();
    }

    void found(Wrong wrong, String what) {
        findings.add(new Finding(wrong, what));
    }

    List<Finding> takeFindings() {
        var taken = new ArrayList<Finding>();
        for (Finding next = findings.poll(); next != null; next = findings.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Whether the moves that were found are these, in their order. */
    static boolean holds(List<Move> expected, List<Move> found) {
        return expected.size() == found.size()
                && IntStream.range(0, found.size()).allMatch(i -> expected.get(i).is(found.get(i)));
    }

    /** How many trainings have not ended, as far as anybody knows. */
    int open() {
        return (int) submissions.values().stream()
                .filter(submission -> submission.end == null)
                .count();
    }

    /** Trainings that were accepted and of which nobody has seen the end. */
    List<Submission> unfinished() {
        return submissions.values().stream()
                .filter(submission -> submission.job != null && submission.end == null)
                .toList();
    }
}
