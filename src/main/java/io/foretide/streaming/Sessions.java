package io.foretide.streaming;

import io.foretide.generation.Turns;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.problem.Problems;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Brings each message to its session, whoever it belongs to and wherever it is.
 *
 * <p>What a message asks is a {@link Task} of its session. What its state is asked is done by the {@link Stepping} of its version, all
 * else by {@link SessionChanges}; {@link LiveSessions} has those in memory.
 */
@Component
final class Sessions implements SessionService {
    private final Journal journal;
    private final Signatures signatures;
    private final Tokens tokens;
    private final Problems problems;
    private final SessionProperties properties;
    private final SessionMetrics metrics;
    private final Executor workers;
    private final Aliases aliases;
    private final Steppers steppers;
    private final SessionChanges changes;
    private final Openings openings;
    private final Walking walking;

    private final LiveSessions live;
    private final StoredCount stored;
    private final Map<Recipient, Client> clients = new ConcurrentHashMap<>();

    Sessions(
            Journal journal,
            Signatures signatures,
            Problems problems,
            Models models,
            SessionProperties properties,
            JournalProperties journalProperties,
            SessionMetrics metrics,
            StoredCount stored,
            SessionWorkers workers,
            Turns turns) {
        this.stored = stored;
        this.journal = journal;
        this.signatures = signatures;
        this.problems = problems;
        this.properties = properties;
        this.metrics = metrics;
        this.workers = workers;
        this.aliases = new Aliases(models);
        this.steppers = new Steppers(
                models,
                new Stepper.Services(
                        journal,
                        problems,
                        metrics,
                        new Stepper.Limits(
                                properties.maxJump(),
                                journalProperties.durabilityLag().isZero()),
                        new Following(aliases, this::changes, workers),
                        workers,
                        workers.slow(),
                        turns));
        this.changes = new SessionChanges(journal, signatures, steppers, problems, workers);
        this.openings = new Openings(steppers, properties, journalProperties.keptObservations());
        this.live = new LiveSessions(
                journal,
                changes,
                metrics,
                new LiveSessions.Limits(properties.maxLive(), properties.idleTime(), properties.drainDeadline()),
                workers);
        this.tokens = new Tokens(signatures, live, journal, workers);
        this.walking = new Walking(tokens, steppers, openings, problems, properties);
    }

    private SessionChanges changes() {
        return changes;
    }

    // ---- messages

    @Override
    public void came(Recipient recipient) {
        clients.put(recipient, new Client(recipient));
    }

    @Override
    public void gone(Recipient recipient) {
        walking.gone(recipient);
        Client client = clients.remove(recipient);
        if (client != null) {
            client.leave();
        }
        tokens.gone(recipient);
    }

    @Override
    public CompletableFuture<Void> confirm(Recipient request) {
        return tokens.confirm(request);
    }

    @Override
    public void handle(ClientMessage message, Recipient from) {
        Client by = clients.get(from);
        try {
            switch (message) {
                case ClientMessage.Ping ping -> from.send(new ServerMessage.Pong(ping.eventId()));
                case ClientMessage.Open open -> open(open, from);
                case ClientMessage.Resume resume -> resume(resume, from);
                case ClientMessage.Observe observe -> walking.observe(observe, from, by);
                case ClientMessage.ObserveMany many -> walking.observeMany(many, from, by);
                case ClientMessage.Text text -> walking.read(text, from, by);
                case ClientMessage.AskForecast ask -> walking.forecast(ask, from, by);
                case ClientMessage.AskClassification ask -> walking.classify(ask, from, by);
                case ClientMessage.Generate generate -> walking.generate(generate, from, by);
                case ClientMessage.Cancel cancel -> walking.cancel(cancel, from);
                case ClientMessage.Fork _,
                        ClientMessage.Rewind _,
                        ClientMessage.Reset _,
                        ClientMessage.Snapshot _,
                        ClientMessage.Restore _,
                        ClientMessage.Close _ ->
                    change(message, message.session(), from, session -> change(session, message, from));
            }
        } catch (RuntimeException failure) {
            from.send(new ServerMessage.Failed(
                    message.eventId(), message.session(), problems.explain(failure, MessageTypes.of(message))));
        }
    }

    private static void offer(Session session, Task task) {
        session.offer(task);
        session.step();
    }

    // ---- changes

    private void change(
            ClientMessage message,
            @Nullable String name,
            Recipient from,
            Function<Session, CompletableFuture<? extends ServerMessage>> change) {
        Task.Failing failing = problem -> {
            if (message instanceof ClientMessage.Resume && problem.type() == ProblemType.SESSION_ELSEWHERE) {
                handle(message, from); // it has just been taken from here, and is taken back
            } else {
                from.send(new ServerMessage.Failed(message.eventId(), message.session(), problem));
            }
        };
        Client by = clients.get(from);
        Task.Work work = session -> begin(session, change, from, failing, message);
        if (message instanceof ClientMessage.Resume resume) {
            offer(
                    tokens.find(resume.token()),
                    new Task.Change(name, work, failing)); // whose it is comes to light when it is done
        } else {
            offer(tokens.find(Objects.requireNonNull(name), from, by), new Task.Change(name, work, failing, by));
        }
    }

    private CompletableFuture<? extends ServerMessage> change(Session session, ClientMessage message, Recipient from) {
        String event = message.eventId();
        return switch (message) {
            case ClientMessage.Fork fork -> fork(session, fork, from);
            case ClientMessage.Rewind rewind ->
                changes.rewind(session, rewind.toSeq())
                        .thenApply(_ -> new ServerMessage.Rewound(event, session.name(), session.seq()));
            case ClientMessage.Reset _ ->
                changes.reset(session).thenApply(_ -> new ServerMessage.WasReset(event, session.name(), session.seq()));
            case ClientMessage.Snapshot _ ->
                changes.snapshot(session)
                        .thenApply(state -> new ServerMessage.Snapshotted(event, session.name(), session.seq(), state));
            case ClientMessage.Restore restore ->
                changes.restore(session, restore.state())
                        .thenApply(_ -> new ServerMessage.Restored(event, session.name(), session.seq()));
            case ClientMessage.Close close -> close(session, close);
            default -> throw new IllegalArgumentException("no change: " + message);
        };
    }

    private void begin(
            Session session,
            Function<Session, CompletableFuture<? extends ServerMessage>> change,
            Recipient from,
            Task.Failing failing,
            ClientMessage message) {
        change.apply(session)
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                from.send(answer);
                            } else {
                                failing.failed(changes.explain(failure, MessageTypes.of(message)));
                            }
                            session.goOn();
                        },
                        workers);
    }

    private void open(ClientMessage.Open message, Recipient from) {
        live.requireNotDraining();
        stored.requireRoom();
        Client client = clients.get(from);
        Openings.Opening opening = openings.of(message);
        var session = new Session(live, opening.stored().name(), 0);
        if (client != null) {
            requireRoom(client);
            if (client.sessions().putIfAbsent(session.name(), session) != null) {
                throw SessionProblems.exists(session.name());
            }
            session.belongTo(client);
        }
        journal.open(opening.stored())
                .whenCompleteAsync(
                        (log, failure) -> {
                            if (failure == null) {
                                session.begin(opening.stored(), log, steppers.of(opening.version()), opening.base());
                                live.add(session);
                                metrics.opened();
                                opening.warnings()
                                        .forEach(detail -> from.send(new ServerMessage.Warning(
                                                message.eventId(),
                                                session.name(),
                                                WarningCode.UNSEEN_CATEGORY,
                                                detail)));
                                from.send(new ServerMessage.Opened(
                                        message.eventId(),
                                        session.name(),
                                        opening.version().model().value(),
                                        opening.version().number(),
                                        signatures.tokenOf(log.id()),
                                        0));
                                session.goOn();
                            } else {
                                live.forget(session);
                                ProblemException problem = changes.explain(failure, "session.open");
                                from.send(new ServerMessage.Failed(message.eventId(), session.name(), problem));
                                LiveSessions.fail(session.end(), SessionProblems.unknown(session.name()));
                            }
                        },
                        workers);
    }

    private void requireRoom(Client client) {
        if (client.sessions().size() >= properties.maxPerConnection()) {
            throw SessionProblems.tooManyOfConnection(properties.maxPerConnection());
        }
    }

    private void resume(ClientMessage.Resume message, Recipient from) {
        Client client = clients.get(from);
        if (client != null) {
            requireRoom(client);
        }
        // What is in memory may have gone on elsewhere meanwhile, and tell a count of before.
        change(
                message,
                null,
                from,
                session -> journal.confirm(session.log()).thenApply(_ -> {
                    if (client != null) {
                        takeOver(session, client);
                    }
                    return new ServerMessage.Resumed(
                            message.eventId(),
                            session.name(),
                            session.version().model().value(),
                            session.version().number(),
                            message.token(),
                            session.seq(),
                            session.tell());
                }));
    }

    private void takeOver(Session session, Client client) {
        Client before = session.owner();
        if (before != null && before != client) {
            before.sessions().remove(session.name(), session);
            before.send(new ServerMessage.Closed(null, session.name(), session.seq(), CloseReason.TAKEN_OVER));
            metrics.closed(CloseReason.TAKEN_OVER);
        }
        LiveSessions.fail(session.belongTo(client), SessionProblems.elsewhere(session.name()));
        client.sessions().put(session.name(), session);
        if (client.isGone()) {
            session.leftBy(client);
        }
    }

    private CompletableFuture<ServerMessage> fork(Session session, ClientMessage.Fork message, Recipient from) {
        live.requireNotDraining();
        Client client = clients.get(from);
        if (client != null) {
            requireRoom(client);
        }
        return changes.fork(session, message.newSession())
                .thenApplyAsync(
                        copy -> {
                            var fork = new Session(
                                    live, copy.stored().name(), copy.log().id());
                            live.add(fork);
                            fork.begin(copy.stored(), copy.log(), copy.stepper(), copy.base());
                            if (client != null) {
                                takeOver(fork, client);
                            }
                            metrics.opened();
                            fork.goOn();
                            return new ServerMessage.Forked(
                                    message.eventId(),
                                    session.name(),
                                    fork.name(),
                                    signatures.tokenOf(fork.id()),
                                    copy.base().seq());
                        },
                        workers);
    }

    private CompletableFuture<ServerMessage> close(Session session, ClientMessage.Close message) {
        long seq = session.seq();
        return journal.remove(session.log()).thenApply(_ -> {
            live.forget(session);
            LiveSessions.fail(session.end(), SessionProblems.unknown(session.name()));
            metrics.closed(CloseReason.CLOSED);
            return new ServerMessage.Closed(message.eventId(), session.name(), seq, CloseReason.CLOSED);
        });
    }

    // ---- once in a while, and at the end

    /** Looks after sessions, versions and aliases. */
    void tick() {
        live.tick();
        aliases.refresh();
        steppers.sweep();
        stored.refresh();
    }

    LiveSessions live() {
        return live;
    }
}
