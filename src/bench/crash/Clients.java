import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Threads that change things, each until it is told to stop.
 *
 * <p>One that gets no definite answer leaves what it asked for in flight. It asks what became of it before it does the next
 * thing in which that matters.
 */
final class Clients {
    /** Fewer than the service's queue holds. */
    private static final int MOST_UNFINISHED = 3;

    private static final int MOST_IMPORTS = 6;
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    private final Api api;
    private final Journal journal;
    private final Samples samples;
    private final long seed;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /** One thing to do. */
    private interface Step {
        void run(Random random) throws IOException, InterruptedException;
    }

    Clients(Api api, Journal journal, Samples samples, long seed) {
        this.api = api;
        this.journal = journal;
        this.samples = samples;
        this.seed = seed;
    }

    void start() {
        repeat(50, this::train);
        repeat(50, this::train);
        repeat(100, this::watch);
        repeat(400, this::cancel);
        repeat(150, this::deleteVersion);
        for (Journal.Alias alias : journal.aliases) {
            repeat(3, random -> move(alias, random));
        }
        if (samples.importIsThere()) {
            repeat(20, this::importArtifact);
            repeat(20, this::importArtifact);
            repeat(200, this::deleteImport);
        }
    }

    private void repeat(int millis, Step step) {
        var random = new Random(seed + threads.size());
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!stopped) {
                    tryStep(step, random);
                    Thread.sleep(random.nextInt(millis + 1));
                }
            } catch (InterruptedException e) {
                // told to stop
            } catch (RuntimeException e) {
                journal.found(Journal.Wrong.UNFORESEEN, "a client failed: " + e);
            }
        }));
    }

    private static void tryStep(Step step, Random random) throws InterruptedException {
        try {
            step.run(random);
        } catch (IOException e) {
            Thread.sleep(50); // the service is gone, or its database
        }
    }

    /** Waits until all have been answered or have been cut off. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void train(Random random) throws IOException {
        // Those without an answer count as well: all are sent again later, and the queue must take them.
        if (journal.open() >= MOST_UNFINISHED) {
            return;
        }
        String model = "trained-" + random.nextInt(3);
        var submission = new Journal.Submission(
                "key-" + Long.toHexString(random.nextLong()), model, Samples.training(random, promotion(random)));
        journal.submissions.put(submission.key, submission);
        submit(api, journal, submission);
    }

    private static String promotion(Random random) {
        return List.of("always", "if_better", "never").get(random.nextInt(3));
    }

    /** Sends a submission, again where it was sent before: the key makes it the same job. Whether it was answered. */
    static boolean submit(Api api, Journal journal, Journal.Submission submission) throws IOException {
        Api.Answer answer = journal.track(
                "submission",
                () -> api.post(
                        "/api/v1/models/" + submission.model + "/train",
                        submission.body,
                        "Idempotency-Key",
                        submission.key));
        if (answer.status() == 202) {
            submission.job = answer.json().path("id").asString();
            journal.confirm();
            return true;
        }
        // A full queue is no answer either: the submission is sent again.
        if (answer.status() != 429) {
            expectUnavailable(journal, "training", answer);
        }
        return false;
    }

    /** Sees trainings end; an end that was shown must stay what it is. */
    private void watch(Random random) throws IOException {
        for (Journal.Submission submission : journal.unfinished()) {
            Api.Answer job = api.get("/api/v1/jobs/" + submission.job);
            if (job.succeeded()) {
                submission.end = end(job.json());
            }
        }
    }

    /** How a job ended, with its version; null while it has not. */
    static String end(JsonNode job) {
        String state = job.path("state").asString();
        return ENDS.contains(state) ? state + " " + job.path("version").asString("") : null;
    }

    private void cancel(Random random) throws IOException {
        List<Journal.Submission> unfinished = journal.unfinished();
        if (unfinished.size() < 2 || random.nextInt(3) > 0) {
            return;
        }
        Journal.Submission chosen = unfinished.get(random.nextInt(unfinished.size()));
        Api.Answer answer =
                journal.track("cancel", () -> api.post("/api/v1/jobs/" + chosen.job + "/cancel", ""));
        if (answer.succeeded()) {
            chosen.cancelled = true;
            journal.confirm();
        } else if (answer.status() != 409) {
            expectUnavailable(journal, "cancel", answer);
        }
    }

    /** Deletes a version that a training published; the newest ones may be champion, and then are refused. */
    private void deleteVersion(Random random) throws IOException {
        List<Journal.VersionName> there = journal.versions.entrySet().stream()
                .filter(entry -> entry.getKey().model().startsWith("trained-") && !entry.getValue().deleteAsked)
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (there.size() < 4) {
            return;
        }
        Journal.VersionName name = there.get(random.nextInt(there.size()));
        Journal.Version version = journal.versions.get(name);
        version.deleteAsked = true;
        Api.Answer answer = journal.track(
                "deletion", () -> api.delete("/api/v1/models/" + name.model() + "/versions/" + name.version()));
        if (answer.status() == 204) {
            version.deleted = true;
            journal.confirm();
        } else if (answer.status() == 409) {
            version.deleteAsked = false;
        } else {
            expectUnavailable(journal, "deletion of " + name, answer);
        }
    }

    private void move(Journal.Alias alias, Random random) throws IOException, InterruptedException {
        if (alias.unknown != null) {
            resolve(api, journal, alias);
        }
        Integer present = alias.version();
        String reason = "move " + Long.toHexString(random.nextLong());
        int kind = random.nextInt(10);
        if (present != null && kind == 0) {
            settle(alias, Journal.Move.REMOVAL, () -> api.delete(alias.path()));
        } else if (present != null && kind < 3 && samples.rollbackIsThere()) {
            String body = "{\"reason\":\"%s\"}".formatted(reason);
            var move = new Journal.Move(Journal.Move.UNTOLD, reason);
            settle(alias, move, () -> api.post(alias.path() + "/rollback", body));
        } else {
            int version = another(present, random);
            String body = "{\"version\":%d,\"reason\":\"%s\"}".formatted(version, reason);
            settle(alias, new Journal.Move(version, reason), () -> api.put(alias.path(), body));
        }
    }

    private static int another(Integer present, Random random) {
        int version = 1 + random.nextInt(Samples.BASE_VERSIONS);
        return present != null && version == present ? 1 + version % Samples.BASE_VERSIONS : version;
    }

    private void settle(Journal.Alias alias, Journal.Move move, Api.Request request) throws IOException {
        alias.unknown = move;
        Api.Answer answer = journal.track("alias", request);
        if (answer.succeeded()) {
            alias.moves.add(move == Journal.Move.REMOVAL ? move : moveIn(answer));
            journal.confirm();
            alias.unknown = null;
        } else if (answer.status() == 409) {
            alias.unknown = null; // nothing to go back to
        } else {
            expectUnavailable(journal, "alias", answer);
        }
    }

    /** Where an alias points, as its document says. */
    private static Journal.Move moveIn(Api.Answer answer) {
        return new Journal.Move(
                answer.json().path("version").asInt(), answer.json().path("reason").asString());
    }

    /** Asks what became of a move that was not answered, and finds what was lost. */
    static void resolve(Api api, Journal journal, Journal.Alias alias) throws IOException, InterruptedException {
        Api.Answer answer = api.ask(alias.path());
        if (!answer.isDefinite()) {
            throw new IOException(answer.text());
        }
        Journal.Move found = answer.succeeded() ? moveIn(answer) : Journal.Move.REMOVAL;
        var last = alias.moves.isEmpty() ? Journal.Move.REMOVAL : alias.moves.getLast();
        if (alias.unknown != null && alias.unknown.is(found)) {
            alias.moves.add(found);
        } else if (!last.is(found)) {
            journal.found(
                    Journal.Wrong.LOST, "alias %s@%s is %s, not %s".formatted(alias.model, alias.name, found, last));
        }
        alias.unknown = null;
    }

    private void importArtifact(Random random) throws IOException {
        long there = journal.imports.values().stream().filter(sent -> !sent.deleted).count();
        if (there >= MOST_IMPORTS) {
            return;
        }
        Samples.Artifact artifact = samples.artifact(random);
        String model = "imported-" + Long.toHexString(random.nextLong() >>> 16);
        var sent = new Journal.Import(artifact.sha256());
        journal.imports.put(model, sent);
        InputStream stream = random.nextInt(3) == 0
                ? new Dawdling(artifact.bytes(), 50 + random.nextInt(300))
                : new ByteArrayInputStream(artifact.bytes());
        Api.Answer answer = journal.track(
                "import", () -> api.upload("/api/v1/models/" + model + "/versions", artifact.bytes(), stream));
        if (answer.status() == 201) {
            sent.version = answer.json().path("version").asInt();
            journal.confirm();
        } else if (answer.status() == 429) {
            journal.imports.remove(model); // those that a crash cut off may hold their places for a moment
        } else if (answer.isDefinite()) {
            journal.imports.remove(model);
            journal.found(Journal.Wrong.UNFORESEEN, "import: " + answer.text());
        } else {
            expectUnavailable(journal, "import", answer);
        }
    }

    private void deleteImport(Random random) throws IOException {
        List<String> there = journal.imports.entrySet().stream()
                .filter(entry -> entry.getValue().version != null && !entry.getValue().deleteAsked)
                .map(java.util.Map.Entry::getKey)
                .toList();
        if (there.size() < 3) {
            return;
        }
        String model = there.get(random.nextInt(there.size()));
        Journal.Import sent = journal.imports.get(model);
        sent.deleteAsked = true;
        Api.Answer answer = journal.track("deletion", () -> api.delete("/api/v1/models/" + model));
        if (answer.status() == 204) {
            sent.deleted = true;
            journal.confirm();
        } else {
            expectUnavailable(journal, "deletion of " + model, answer);
        }
    }

    /** While the database is gone the service says so; every other failure is one of its own. */
    private static void expectUnavailable(Journal journal, String what, Api.Answer answer) {
        if (answer.status() != 503) {
            journal.found(Journal.Wrong.UNFORESEEN, what + ": " + answer.text());
        }
    }

    /** Bytes of which the second half comes after a pause. */
    private static final class Dawdling extends FilterInputStream {
        private final AtomicLong left;
        private final int millis;

        Dawdling(byte[] bytes, int millis) {
            super(new ByteArrayInputStream(bytes));
            this.left = new AtomicLong(bytes.length / 2);
            this.millis = millis;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            long now = left.get();
            if (now > 0) {
                int read = super.read(target, offset, (int) Math.min(length, now));
                left.addAndGet(-read);
                return read;
            }
            if (now == 0) {
                left.set(-1);
                try {
                    Thread.sleep(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return super.read(target, offset, length);
        }
    }
}
