package io.foretide.streaming;

import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import io.foretide.problem.Problems;
import io.foretide.streaming.ByteSource.UnreadableException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What changes a session in other ways than by one more observation: each is in the store before it is answered. The session does
 * nothing else meanwhile.
 */
final class SessionChanges {
    private final Journal journal;
    private final Signatures signatures;
    private final Steppers steppers;
    private final Problems problems;
    private final Executor workers;

    SessionChanges(Journal journal, Signatures signatures, Steppers steppers, Problems problems, Executor workers) {
        this.journal = journal;
        this.signatures = signatures;
        this.steppers = steppers;
        this.problems = problems;
        this.workers = workers;
    }

    /** Where a session goes to: what is stored of it, and the walk to go on from. */
    private record Turn(StoredSession stored, Stepping stepper, Base base) {}

    /** Another session in the state of this one, kept already. */
    record Copy(StoredSession stored, SessionLog log, Stepping stepper, Base base) {}

    /** Makes of all that is kept of a session what it turns to. */
    private interface Turning {
        Turn of(History history) throws UnreadableStateException;
    }

    /** Goes back to the state right after an observation. */
    CompletableFuture<Void> rewind(Session session, long toSeq) {
        return turn(session, history -> {
            History cut = history.cutTo(toSeq)
                    .orElseThrow(() -> SessionProblems.notKept(
                            session.name(), toSeq, Math.max(0, history.older().seq()), history.seq()));
            Base base = Replay.of(session.version(), session.settings(), cut).base();
            return new Turn(session.stored(cut), steppers.of(session.version()), base);
        });
    }

    /** Begins anew: nothing is observed. */
    CompletableFuture<Void> reset(Session session) {
        Base base = Replay.begin(session.version(), session.settings(), 0).base();
        return become(
                session, new Turn(session.stored(History.startingAt(base)), steppers.of(session.version()), base));
    }

    /** Goes to the state that a snapshot told, of the same model. */
    CompletableFuture<Void> restore(Session session, String sealed) {
        return CompletableFuture.supplyAsync(() -> restored(session, sealed), workers)
                .thenCompose(turn -> become(session, turn));
    }

    private Turn restored(Session session, String sealed) {
        try {
            Snapshot snapshot = Snapshot.ofBytes(signatures.unseal(sealed).orElseThrow(SessionProblems::invalidState));
            if (!snapshot.model().equals(session.version().model())) {
                throw SessionProblems.stateOfAnotherModel(
                        snapshot.model(), session.version().model());
            }
            ServedVersion version = steppers.load(snapshot.reference());
            SessionSettings settings = session.settings().walking(snapshot.settings());
            History history = snapshot.history();
            Base base = Replay.of(version, settings, history).base();
            StoredSession stored =
                    new StoredSession(session.name(), session.reference(), version.number(), settings, history);
            return new Turn(stored, steppers.of(version), base);
        } catch (UnreadableException | UnreadableStateException _) {
            throw SessionProblems.invalidState();
        }
    }

    /** The state as it can be restored, sealed. */
    CompletableFuture<String> snapshot(Session session) {
        return journal.read(session.log())
                .thenApplyAsync(
                        history -> signatures.seal(
                                Snapshot.of(session.stored(history)).toBytes()),
                        workers);
    }

    /** Keeps another session in the state of this one. */
    CompletableFuture<Copy> fork(Session session, @Nullable String newName) {
        String name = newName == null ? UUID.randomUUID().toString() : newName;
        Base base = session.base();
        ServedVersion version = session.version(); // it may be gone from here when the copy is kept
        StoredSession now = session.stored(History.startingAt(base));
        return journal.read(session.log()).thenCompose(history -> {
            var copy = new StoredSession(name, now.reference(), now.version(), now.settings(), history);
            return journal.open(copy).thenApply(log -> new Copy(copy, log, steppers.of(version), base));
        });
    }

    /**
     * Goes to another version of the model: all that is kept is walked through it, from its beginning.
     *
     * @return how many observations were walked
     */
    CompletableFuture<Long> migrate(Session session, int toVersion) {
        long steps = session.steps();
        return journal.read(session.log())
                .thenApplyAsync(
                        history -> {
                            ServedVersion to = steppers.load(session.version().model(), toVersion);
                            return rebuilt(session.stored(history), session.version(), to, steps);
                        },
                        workers)
                .thenCompose(turn -> become(session, turn)
                        .thenApply(_ -> (long) turn.stored().history().steps().size()));
    }

    /**
     * What a session would be, had it begun with the steps that are kept of it.
     *
     * @param walked the version that walked them
     * @param steps how many steps it has walked, where times are counted by them
     */
    private Turn rebuilt(StoredSession from, ServedVersion walked, ServedVersion to, long steps) {
        History history = from.history();
        List<Step> carried =
                history.steps().stream().map(step -> walked.carried(step, to)).toList();
        long kept = carried.stream().mapToLong(Step::work).sum();
        SessionSettings settings = from.settings().startingAt(Math.max(0, steps - kept));
        Base start = Replay.begin(to, settings, history.older().seq()).base();
        Base end =
                Replay.begin(to, settings, history.older().seq()).over(carried).base();
        var stored = new StoredSession(
                from.name(), from.reference(), to.number(), settings, new History(start, end, carried));
        return new Turn(stored, steppers.of(to), end);
    }

    /** Brings a session into memory, as it is in the store, and tells where it was before. */
    CompletableFuture<SessionSource> load(Session session) {
        CompletableFuture<Journal.Claimed> claim = session.released().isPresent()
                ? journal.reclaim(session.id(), session.released().getAsInt())
                : journal.claim(session.id());
        return claim.thenComposeAsync(claimed -> live(session, claimed).thenApply(_ -> claimed.source()), workers);
    }

    private CompletableFuture<Void> live(Session session, Journal.Claimed claimed) {
        StoredSession stored = claimed.session();
        ServedVersion version = steppers.load(stored.reference().model(), stored.version());
        History history = stored.history();
        try {
            Base base = Replay.of(version, stored.settings(), history).base();
            session.begin(stored, claimed.log(), steppers.of(version), base);
            return CompletableFuture.completedFuture(null);
        } catch (UnreadableStateException e) {
            if (history.steps().isEmpty()) {
                throw SessionProblems.gone(
                        stored.name(), "its state cannot be read by this release, and no observation of it is kept");
            }
            // How long it had walked before is in the state that cannot be read; with times, its steps tell nothing of
            // that.
            Turn turn = rebuilt(stored, version, version, 0);
            return journal.replace(claimed.log(), turn.stored())
                    .thenAccept(log -> session.begin(turn.stored(), log, turn.stepper(), turn.base()));
        }
    }

    private CompletableFuture<Void> turn(Session session, Turning turning) {
        return journal.read(session.log())
                .thenApplyAsync(
                        history -> {
                            try {
                                return turning.of(history);
                            } catch (UnreadableStateException e) {
                                throw new CompletionException(SessionProblems.gone(
                                        session.name(), "its state cannot be read by this release"));
                            }
                        },
                        workers)
                .thenCompose(turn -> become(session, turn));
    }

    private CompletableFuture<Void> become(Session session, Turn turn) {
        return journal.replace(session.log(), turn.stored())
                .thenAccept(log -> session.begin(turn.stored(), log, turn.stepper(), turn.base()));
    }

    /** What a failure of a change means to the client. */
    ProblemException explain(Throwable failure, String work) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return problems.explain(cause, work);
    }
}
