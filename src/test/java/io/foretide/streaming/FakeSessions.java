package io.foretide.streaming;

import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sessions in memory that expect the last value to come again. A session named {@code broken} fails. */
final class FakeSessions implements SessionService {
    static final int MOST_OF_A_CONNECTION = 3;

    private final Map<String, Walk> sessions = new HashMap<>();
    final List<Recipient> gone = new CopyOnWriteArrayList<>();
    private int named;

    /** One session: its values by count, from 1. */
    private static final class Walk {
        private final String name;
        private final List<Double> values = new ArrayList<>();
        private @Nullable Recipient owner;
        private Emit emit = Emit.EACH;
        private int horizon = 1;

        Walk(String name) {
            this.name = name;
        }

        long seq() {
            return values.size();
        }
    }

    @Override
    public synchronized void gone(Recipient recipient) {
        gone.add(recipient);
        sessions.values().stream().filter(walk -> walk.owner == recipient).forEach(walk -> walk.owner = null);
    }

    @Override
    public CompletableFuture<Void> confirm(Recipient request) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void handle(ClientMessage message, Recipient from) {
        switch (message) {
            case ClientMessage.Open open -> open(open, from);
            case ClientMessage.Resume resume -> resume(resume, from);
            case ClientMessage.Observe observe -> from.send(observe(observe, from));
            case ClientMessage.ObserveMany many -> from.send(observeMany(many, from));
            case ClientMessage.Text _,
                    ClientMessage.AskClassification _,
                    ClientMessage.Generate _,
                    ClientMessage.Cancel _ -> throw new IllegalStateException("these sessions forecast");
            case ClientMessage.AskForecast ask -> {
                Walk walk = walk(ask.session(), from);
                int horizon = ask.horizon() == null ? walk.horizon : ask.horizon();
                from.send(new ServerMessage.ForecastAnswered(
                        ask.eventId(),
                        walk.name,
                        walk.seq(),
                        walk.seq(),
                        ServerMessage.Times.UNKNOWN,
                        forecast(walk, horizon)));
            }
            case ClientMessage.Fork fork -> fork(fork, from);
            case ClientMessage.Rewind rewind -> {
                Walk walk = walk(rewind.session(), from);
                walk.values.subList((int) rewind.toSeq(), walk.values.size()).clear();
                from.send(new ServerMessage.Rewound(rewind.eventId(), walk.name, walk.seq()));
            }
            case ClientMessage.Reset reset -> {
                Walk walk = walk(reset.session(), from);
                walk.values.clear();
                from.send(new ServerMessage.WasReset(reset.eventId(), walk.name, 0));
            }
            case ClientMessage.Snapshot snapshot -> {
                Walk walk = walk(snapshot.session(), from);
                from.send(new ServerMessage.Snapshotted(
                        snapshot.eventId(), walk.name, walk.seq(), "state-" + walk.seq()));
            }
            case ClientMessage.Restore restore -> {
                Walk walk = walk(restore.session(), from);
                int seq = Integer.parseInt(restore.state().substring("state-".length()));
                walk.values.clear();
                walk.values.addAll(Collections.nCopies(seq, 0.0));
                from.send(new ServerMessage.Restored(restore.eventId(), walk.name, seq));
            }
            case ClientMessage.Close close -> {
                Walk walk = walk(close.session(), from);
                sessions.remove(walk.name);
                from.send(new ServerMessage.Closed(close.eventId(), walk.name, walk.seq(), CloseReason.CLOSED));
            }
            case ClientMessage.Ping ping -> from.send(new ServerMessage.Pong(ping.eventId()));
        }
    }

    private void open(ClientMessage.Open open, Recipient from) {
        long owned =
                sessions.values().stream().filter(walk -> walk.owner == from).count();
        if (owned == MOST_OF_A_CONNECTION) {
            throw SessionProblems.tooManyOfConnection(MOST_OF_A_CONNECTION);
        }
        var walk = new Walk(Objects.requireNonNullElseGet(open.session(), () -> "s" + ++named));
        if (sessions.putIfAbsent(walk.name, walk) != null) {
            throw SessionProblems.exists(walk.name);
        }
        walk.owner = from;
        walk.emit = open.emit();
        walk.horizon = open.horizon() == null ? 1 : open.horizon();
        from.send(new ServerMessage.Opened(open.eventId(), walk.name, "air", 1, token(walk.name), 0));
    }

    private void resume(ClientMessage.Resume resume, Recipient from) {
        Walk walk = sessions.values().stream()
                .filter(candidate -> token(candidate.name).equals(resume.token()))
                .findFirst()
                .orElseThrow(SessionProblems::invalidToken);
        if (from.token() == null) {
            Recipient before = walk.owner;
            walk.owner = from;
            if (before != null && before != from) {
                before.send(new ServerMessage.Closed(null, walk.name, walk.seq(), CloseReason.TAKEN_OVER));
            }
        }
        from.send(new ServerMessage.Resumed(
                resume.eventId(), walk.name, "air", 1, token(walk.name), walk.seq(), walk.seq()));
    }

    private void fork(ClientMessage.Fork fork, Recipient from) {
        Walk walk = walk(fork.session(), from);
        var forked = new Walk(Objects.requireNonNullElseGet(fork.newSession(), () -> "s" + ++named));
        forked.values.addAll(walk.values);
        forked.owner = from;
        sessions.put(forked.name, forked);
        from.send(new ServerMessage.Forked(fork.eventId(), walk.name, forked.name, token(forked.name), forked.seq()));
    }

    private ServerMessage observe(ClientMessage.Observe observe, Recipient from) {
        var observation = observe.observation();
        Walk walk = walk(observation.session(), from);
        Double before = walk.values.isEmpty() ? null : walk.values.getLast();
        if (observation.seq() <= walk.seq()) {
            return new ServerMessage.Acked(observe.eventId(), walk.name, walk.seq(), walk.seq());
        }
        if (observation.seq() > walk.seq() + 1) {
            throw SessionProblems.unexpectedCount(walk.name, walk.seq() + 1, observation.seq());
        }
        walk.values.add(observation.value());
        if (walk.emit == Emit.NONE) {
            return new ServerMessage.Acked(observe.eventId(), walk.name, walk.seq(), walk.seq());
        }
        Scored scored = before == null ? null : new Scored(before, observation.value() - before, 0.5, false, 1);
        return new ServerMessage.Forecasted(
                observe.eventId(),
                walk.name,
                walk.seq(),
                walk.seq(),
                ServerMessage.Times.UNKNOWN,
                forecast(walk, walk.horizon),
                scored);
    }

    private ServerMessage observeMany(ClientMessage.ObserveMany many, Recipient from) {
        List<ServerMessage.PointAnswer> answers = new ArrayList<>();
        Points points = many.points();
        for (int i = 0; i < points.count(); i++) {
            String session = points.sessions()[i];
            long seq = points.seqs()[i];
            var one = new ClientMessage.Observe(null, Observation.of(session, seq, points.values()[i]));
            try {
                answers.add(
                        switch (observe(one, from)) {
                            case ServerMessage.Forecasted answer ->
                                new ServerMessage.PointForecast(
                                        session, answer.seq(), answer.durableSeq(), answer.forecast(), answer.scored());
                            default -> new ServerMessage.PointAck(session, seq, seq);
                        });
            } catch (io.foretide.problem.ProblemException e) {
                answers.add(new ServerMessage.PointError(session, seq, e));
            }
        }
        return new ServerMessage.ForecastMany(many.eventId(), answers);
    }

    private static Forecast forecast(Walk walk, int horizon) {
        double last = walk.values.isEmpty() ? 0 : walk.values.getLast();
        double[] values = IntStream.range(0, horizon).mapToDouble(i -> last).toArray();
        return new Forecast(values, List.of(QuantileLevel.MEDIAN), new double[][] {values});
    }

    /** Whether a session belongs to a connection. */
    synchronized boolean isOwned(String session) {
        Walk walk = sessions.get(session);
        return walk != null && walk.owner != null;
    }

    private Walk walk(String name, Recipient from) {
        if (name.equals("broken")) {
            throw new IllegalStateException("broken");
        }
        Walk walk = sessions.get(name);
        if (walk == null) {
            throw SessionProblems.unknown(name);
        }
        if (from.token() != null && !token(name).equals(from.token())) {
            throw SessionProblems.invalidToken();
        }
        if (from.token() == null && walk.owner != from) {
            throw SessionProblems.elsewhere(name);
        }
        return walk;
    }

    static String token(String session) {
        return "token-of-" + session;
    }
}
