package chaos;

import chaos.Walk.Change;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** What one client makes of the answers that it hears; those that are no answer to what was asked last are not taken for one. */
final class Hearing {
    private final Walks walks;
    private final Speech speech;
    private final Refusals refusals;
    private final Random random;
    private final Tally tally;

    Hearing(Walks walks, Speech speech, Random random, Tally tally) {
        this.walks = walks;
        this.speech = speech;
        this.refusals = new Refusals(walks, random, tally);
        this.random = random;
        this.tally = tally;
    }

    void take(Line.Event event) {
        if (event.message() == null) {
            ended(event.line());
        } else {
            event.line().heard();
            take(event.line(), event.message());
        }
    }

    private void ended(Line line) {
        line.end();
        walks.all().stream()
                .filter(walk -> walk.line() == line)
                .forEach(walk -> walks.lose(walk, random.nextInt(300)));
    }

    private void take(Line line, JsonNode message) {
        switch (message.path("type").asString()) {
            case "forecast", "ack" -> answered(line, message, message);
            case "forecast.many" -> {
                message.path("forecasts").forEach(one -> answered(line, one, message));
                message.path("errors")
                        .forEach(one -> refusals.ofPoint(line, one.path("session").asString(), one.path("error")));
            }
            case "ack.many" -> message.path("acks").forEach(ack -> acknowledged(line, ack));
            case "draining" -> {
                if (random.nextBoolean()) {
                    line.end();
                }
            }
            case "error" -> refusals.of(line, message);
            case "pong", "warning" -> {}
            default -> changed(line, message);
        }
    }

    private void answered(Line line, JsonNode message, JsonNode frame) {
        Walk walk = walks.named(message.path("session").asString());
        if (walk == null || walk.wasChangedSince(frame.path("event_id").asInt(Integer.MAX_VALUE))) {
            return; // the answer to observe.many waits for all sessions of it, and may come when one has been rewound
        }
        int seq = message.path("seq").asInt();
        int durable = message.path("durable_seq").asInt();
        boolean current = walk.line() == line && !walk.isResuming() && walk.knows(seq);
        walk.happened(
                "is told %s %d, %d durable%s"
                        .formatted(
                                message.path("type").asString("of many"),
                                seq,
                                durable,
                                message.path("event_id").asString("").equals("ask") ? ", asked" : ""),
                line);
        walk.told(line, seq, durable);
        if (current && message.has("mean")) {
            walks.keep(Received.of(walk.name(), walk.at(seq), message));
            if (message.path("mean").size() == Client.FINAL_HORIZON) {
                walk.answersFinally();
            }
        }
    }

    private void acknowledged(Line line, JsonNode ack) {
        Walk walk = walks.named(ack.get(0).asString());
        if (walk != null) {
            walk.happened("is told " + ack, line);
            walk.told(line, ack.get(1).asInt(), ack.get(2).asInt());
        }
    }

    private void changed(Line line, JsonNode message) {
        Walk walk = walks.named(message.path("session").asString(""));
        if (walk == null || walk.line() != line) {
            return;
        }
        String request = message.path("event_id").asString("");
        if (!request.isEmpty() && !walk.isAnswered(request)) {
            return;
        }
        int seq = message.path("seq").asInt();
        walk.happened("is told %s %s %d".formatted(message.path("type").asString(), request, seq), line);
        switch (message.path("type").asString()) {
            case "session.opened" -> {
                tally.sessions.increment();
                walk.opened(message.path("token").asString(), line, 0);
            }
            case "session.resumed" -> resumed(walk, seq, message.path("durable_seq").asInt());
            case "session.forked" -> forked(walk, seq, line, message);
            case "session.snapshot" -> {
                walk.changeFailed();
                walks.keep(new Walk.Kept(message.path("state").asString(), walk.prefix(seq)));
            }
            case "session.rewound" -> rewound(walk, seq);
            case "session.restored" -> restored(walk, seq);
            case "session.closed" -> closed(walk, message.path("reason").asString());
            default -> tally.other("message", message.toString());
        }
    }

    private void resumed(Walk walk, int seq, int durable) {
        Change change = walk.pending();
        boolean known = walk.resumed(seq, durable);
        if (change instanceof Change.Rewind || change instanceof Change.Restore) {
            walk.changedAt(speech.messages());
        }
        if (!known) {
            walks.remove(walk);
        }
    }

    private void forked(Walk walk, int seq, Line line, JsonNode message) {
        if (walk.pending() instanceof Change.Fork(String name)) {
            tally.forks.increment();
            walk.changeFailed();
            var fork = new Walk(name, walk.emits(), walk.prefix(seq), tally);
            fork.opened(message.path("token").asString(), line, seq);
            walks.add(fork);
        }
    }

    private void rewound(Walk walk, int seq) {
        if (walk.pending() instanceof Change.Rewind(int toSeq) && toSeq == seq) {
            tally.rewinds.increment();
            walk.rewound(seq);
            walk.changedAt(speech.messages());
        } else {
            tally.other("rewound", walk.describe() + " to " + seq);
        }
    }

    private void restored(Walk walk, int seq) {
        if (walk.pending() instanceof Change.Restore(Walk.Kept state) && state.seq() == seq) {
            tally.restores.increment();
            walk.restored(state);
            walk.changedAt(speech.messages());
        } else {
            tally.other("restored", walk.describe() + " to " + seq);
        }
    }

    private void closed(Walk walk, String reason) {
        if (reason.equals("closed")) {
            walks.remove(walk);
        } else if (!walk.isResuming()) { // otherwise it is the echo of an earlier move
            walks.lose(walk, random.nextInt(100));
        }
    }
}
