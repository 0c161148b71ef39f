import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Asks the service after a crash for everything that it has confirmed, and for all that it has. */
final class Verification {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int REPEATED_SUBMISSIONS = 3;

    private final Api api;
    private final Journal journal;
    private final boolean historyIsThere;

    /** What was found: jobs that went on after the crash, and versions whose artifact was fetched and asked. */
    record Outcome(int resumed, int versions) {}

    Verification(Api api, Journal journal, Samples samples) {
        this.api = api;
        this.journal = journal;
        this.historyIsThere = samples.historyIsThere();
    }

    Outcome run(Random random) throws IOException, InterruptedException {
        repeatSubmissions(random);
        List<Journal.Submission> interrupted = journal.unfinished();
        for (Journal.Submission submission : journal.submissions.values()) {
            requireJob(submission);
        }
        for (Journal.Alias alias : journal.aliases) {
            Clients.resolve(api, journal, alias);
            if (historyIsThere) {
                requireHistory(alias);
            }
        }
        int resumed = awaitEnds(interrupted);
        return new Outcome(resumed, verifyVersions());
    }

    /** Those that were not answered, and some that were: under its key each is one job. */
    private void repeatSubmissions(Random random) throws IOException, InterruptedException {
        List<Journal.Submission> all = List.copyOf(journal.submissions.values());
        List<Journal.Submission> chosen = new ArrayList<>(
                all.stream().filter(submission -> submission.job == null).toList());
        for (Journal.Submission submission : chosen) {
            submitUntilAnswered(submission);
        }
        for (int i = 0; i < REPEATED_SUBMISSIONS; i++) {
            chosen.add(all.get(random.nextInt(all.size())));
        }
        for (Journal.Submission submission : chosen) {
            String first = submission.job;
            submitUntilAnswered(submission);
            if (!first.equals(submission.job)) {
                journal.found(
                        Journal.Wrong.LOST,
                        "key %s was job %s and is now %s".formatted(submission.key, first, submission.job));
            }
        }
    }

    private void submitUntilAnswered(Journal.Submission submission) throws IOException, InterruptedException {
        for (int tries = 0; tries < Api.MOST_TRIES; tries++) {
            if (Clients.submit(api, journal, submission)) {
                return;
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("no answer to submission " + submission.key);
    }

    /** The same moves as the rows have, newest first. */
    private void requireHistory(Journal.Alias alias) throws IOException, InterruptedException {
        if (alias.moves.isEmpty()) {
            return;
        }
        List<Journal.Move> found = api.list(alias.path() + "/history").stream()
                .map(move -> new Journal.Move(
                        move.path("to").isNumber() ? move.path("to").asInt() : null,
                        move.path("reason").asString("")))
                .toList()
                .reversed();
        if (!Journal.holds(alias.moves, found)) {
            journal.found(
                    Journal.Wrong.LOST,
                    "the history of %s@%s shows %d moves, and %d were confirmed"
                            .formatted(alias.model, alias.name, found.size(), alias.moves.size()));
        }
    }

    private void requireJob(Journal.Submission submission) throws IOException, InterruptedException {
        Api.Answer answer = api.ask("/api/v1/jobs/" + submission.job);
        if (!answer.succeeded()) {
            journal.found(Journal.Wrong.LOST, "job " + submission.job + ": " + answer.text());
            submission.end = "lost";
            return;
        }
        String state = answer.json().path("state").asString();
        if (submission.cancelled && !state.equals("cancelled")) {
            journal.found(Journal.Wrong.LOST, "job " + submission.job + " was cancelled and is " + state);
        }
        String seen = Clients.end(answer.json());
        if (submission.end != null && !submission.end.equals(seen)) {
            journal.found(
                    Journal.Wrong.LOST,
                    "job %s had ended as %s and is %s".formatted(submission.job, submission.end, seen));
        }
        submission.end = seen;
    }

    /** How many of the jobs that the crash interrupted were begun again; all must end, as long as anything moves. */
    private int awaitEnds(List<Journal.Submission> interrupted) throws IOException, InterruptedException {
        long moved = System.nanoTime();
        String before = "";
        while (!journal.unfinished().isEmpty() && System.nanoTime() - moved < PATIENCE.toNanos()) {
            Thread.sleep(200);
            var now = new StringBuilder();
            for (Journal.Submission submission : journal.unfinished()) {
                requireJob(submission);
                JsonNode job = job(submission);
                now.append(job.path("state")).append(job.path("attempt")).append(job.path("progress"));
            }
            moved = before.contentEquals(now) ? moved : System.nanoTime();
            before = now.toString();
        }
        int resumed = 0;
        for (Journal.Submission submission : interrupted) {
            JsonNode job = job(submission);
            resumed += job.path("attempt").asInt() > 1 ? 1 : 0;
            if (submission.end == null) {
                journal.found(Journal.Wrong.STUCK, "job " + job);
                journal.submissions.remove(submission.key);
            } else if (submission.end.startsWith("failed")) {
                journal.found(Journal.Wrong.UNFORESEEN, "job " + job);
            }
        }
        return resumed;
    }

    private JsonNode job(Journal.Submission submission) throws IOException, InterruptedException {
        return api.ask("/api/v1/jobs/" + submission.job).json();
    }

    private int verifyVersions() throws IOException, InterruptedException {
        Map<Journal.VersionName, JsonNode> found = new HashMap<>();
        for (JsonNode model : api.list("/api/v1/models")) {
            String name = model.path("name").asString();
            for (JsonNode version : api.list("/api/v1/models/" + name + "/versions")) {
                found.put(new Journal.VersionName(name, version.path("version").asInt()), version);
            }
        }
        for (var entry : found.entrySet()) {
            verify(entry.getKey(), entry.getValue());
        }
        requireOneVersionOfEachJob(found.values());
        requireConfirmed(found);
        return found.size();
    }

    private void verify(Journal.VersionName name, JsonNode version) throws IOException, InterruptedException {
        String path = "/api/v1/models/" + name.model() + "/versions/" + name.version() + "/artifact";
        String registered = version.path("artifact").path("sha256").asString();
        Api.Answer artifact = api.ask(path);
        String digest = "sha-256=:"
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(registered)) + ":";
        if (!artifact.succeeded()
                || !Samples.sha256(artifact.body()).equals(registered)
                || !artifact.headers().firstValue("Repr-Digest").orElse("").equals(digest)) {
            journal.found(Journal.Wrong.MISSING_ARTIFACT, name + ": " + artifact.status());
        }
        Api.Answer prediction = Api.untilAnswered(
                () -> api.post("/api/v1/models/" + name + "/predict", Samples.prediction()));
        if (!prediction.succeeded() || !prediction.json().at("/forecasts/0/mean/0").isNumber()) {
            journal.found(Journal.Wrong.MISSING_ARTIFACT, name + " does not predict: " + prediction.text());
        }
        Journal.Version known = journal.versions.computeIfAbsent(name, _ -> new Journal.Version(registered));
        if (!known.sha256.equals(registered)) {
            journal.found(Journal.Wrong.NUMBER_REUSED, name + " was another artifact before");
        }
        if (known.deleted) {
            journal.found(Journal.Wrong.LOST, name + " was deleted and is back");
        }
    }

    private void requireOneVersionOfEachJob(Iterable<JsonNode> versions) {
        var publishers = new HashMap<String, String>();
        for (JsonNode version : versions) {
            String job = version.path("job_id").asString("");
            String reference = version.path("reference").asString();
            String other = job.isEmpty() ? null : publishers.put(job, reference);
            if (other != null) {
                journal.found(Journal.Wrong.DOUBLED, "job " + job + " published " + other + " and " + reference);
            }
        }
    }

    private void requireConfirmed(Map<Journal.VersionName, JsonNode> found) {
        journal.versions.forEach((name, version) -> {
            boolean there = found.containsKey(name);
            if (!there && !version.deleteAsked && !deleteAsked(name.model())) {
                journal.found(Journal.Wrong.LOST, name + " is gone");
            }
            // Where a deletion was not answered, this is the answer.
            version.deleted |= !there;
            version.deleteAsked = version.deleted;
        });
        journal.submissions.values().stream()
                .filter(submission -> submission.end != null && submission.end.startsWith("succeeded"))
                .map(submission -> new Journal.VersionName(
                        submission.model,
                        Integer.parseInt(submission.end.substring("succeeded ".length()))))
                .filter(name -> !journal.versions.containsKey(name))
                .forEach(name -> journal.found(Journal.Wrong.LOST, name + " was published and was never there"));
        requireImports(found);
    }

    private boolean deleteAsked(String model) {
        Journal.Import sent = journal.imports.get(model);
        return sent != null && sent.deleteAsked;
    }

    private void requireImports(Map<Journal.VersionName, JsonNode> found) {
        journal.imports.forEach((model, sent) -> {
            JsonNode version = found.get(new Journal.VersionName(model, 1));
            if (version == null && sent.version != null && !sent.deleteAsked) {
                journal.found(Journal.Wrong.LOST, "the import " + model + " is gone");
            } else if (version != null && sent.deleted) {
                journal.found(Journal.Wrong.LOST, "model " + model + " was deleted and is back");
            } else if (version != null
                    && !version.path("artifact").path("sha256").asString().equals(sent.sha256)) {
                journal.found(Journal.Wrong.HALF_WRITTEN, model + " has other bytes than were sent");
            }
            sent.version = version == null ? null : Integer.valueOf(1);
            sent.deleted = version == null;
            sent.deleteAsked = sent.deleted;
        });
    }
}
