package chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import stream.Socket;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client that tells a session what its plan has, one message after the other, and resumes it wherever it was interrupted. */
final class Teller {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Plan plan;
    private final String name;
    private final long seed;
    private final Tally tally;
    private final Map<Integer, String> answers = new TreeMap<>();
    private String token;
    private int opened;
    private int applied;
    private int durable;

    Teller(Plan plan, String name, long seed, Tally tally) {
        this.plan = plan;
        this.name = name;
        this.seed = seed;
        this.tally = tally;
    }

    /** How many messages the session has taken. */
    int applied() {
        return applied;
    }

    /** Goes on until the session has taken so many messages; fails where the connection ends before. */
    void tell(Replica replica, int until) throws IOException {
        try (var socket = new Socket(replica.port(), "/api/v1/stream")) {
            if (token == null) {
                open(socket);
            } else {
                resume(socket);
            }
            while (applied < until) {
                say(socket, applied + 1);
            }
        }
    }

    private String session() {
        return name + "-" + opened;
    }

    private void open(Socket socket) throws IOException {
        opened++; // another name, as an opening may have been kept that was not answered
        send(socket, "{\"type\":\"session.open\",\"session\":\"%s\",\"model\":\"%s\"}".formatted(session(), plan.model()));
        token = next(socket, "session.opened").path("token").asString();
        tally.sessions.increment();
    }

    private void resume(Socket socket) throws IOException {
        send(socket, "{\"type\":\"session.resume\",\"token\":\"%s\"}".formatted(token));
        JsonNode resumed = next(socket, "session.resumed");
        int seq = resumed.path("seq").asInt();
        if (seq < durable) {
            tally.lost("%s is resumed at %d, %d was durable".formatted(session(), seq, durable));
        }
        if (seq > applied + 1) {
            tally.twice("%s is resumed at %d, %d were sent".formatted(session(), seq, applied + 1));
        }
        applied = seq;
        durable = Math.max(durable, resumed.path("durable_seq").asInt());
    }

    private void say(Socket socket, int seq) throws IOException {
        send(socket, plan.message(session(), seed, seq));
        var said = new StringBuilder();
        JsonNode message = JSON.readTree(socket.read());
        while (!hears(message, seq)) {
            if (message.path("type").asString().equals("token")) {
                said.append(message.path("text").asString());
            }
            message = JSON.readTree(socket.read());
        }
        tally.observations.increment();
        applied = seq;
        durable = Math.max(durable, message.path("durable_seq").asInt());
        take(seq, said + content(message));
    }

    private boolean hears(JsonNode message, int seq) throws IOException {
        return switch (message.path("type").asString()) {
            case "token", "ack.many", "warning" -> false;
            case "forecast", "classification", "generated", "ack" -> message.path("seq").asInt() == seq;
            default -> throw refused(message);
        };
    }

    /** All that does not depend on how soon it is durable, and on the name of the session. */
    private static String content(JsonNode message) {
        var content = new ArrayList<String>();
        for (String field : List.of("start", "mean", "quantiles", "scored", "label", "probabilities", "finish_reason", "tokens", "seed")) {
            if (message.has(field)) {
                content.add(field + " " + message.path(field));
            }
        }
        return String.join(", ", content);
    }

    /** What is told again, as it was lost, is answered the same. */
    private void take(int seq, String answer) {
        String before = answers.put(seq, answer);
        if (before != null && !before.equals(answer)) {
            tally.differs("%s was answered %d by %s, and later by %s".formatted(session(), seq, before, answer));
        }
    }

    /** Compares all answers with those of a session that nothing interrupts. */
    void compare(Replica replica) throws IOException {
        var truth = new Teller(plan, name + "-truth", seed, new Tally());
        truth.tell(replica, applied);
        for (var answer : answers.entrySet()) {
            tally.forecasts.increment();
            String expected = truth.answers.get(answer.getKey());
            if (!answer.getValue().equals(expected)) {
                tally.differs("%s was answered %d by %s, uninterrupted by %s"
                        .formatted(session(), answer.getKey(), answer.getValue(), expected));
            }
        }
    }

    private JsonNode next(Socket socket, String type) throws IOException {
        JsonNode message = JSON.readTree(socket.read());
        if (!message.path("type").asString().equals(type)) {
            throw refused(message);
        }
        return message;
    }

    /** Some refusals are to be expected when processes come and go, and all others count. */
    private IOException refused(JsonNode message) {
        JsonNode problem = message.path("error");
        int status = problem.path("status").asInt();
        boolean expected = message.path("type").asString().equals("draining")
                || message.path("type").asString().equals("session.closed")
                || status == 503
                || status == 429
                || status == 504
                || problem.path("type").asString("").endsWith("session-elsewhere");
        if (!expected) {
            tally.other(problem.path("type").asString("message"), session() + ": " + message);
        }
        return new IOException(message.toString());
    }

    private static void send(Socket socket, String message) throws IOException {
        socket.put(message.getBytes(StandardCharsets.UTF_8));
        socket.flush();
    }

    /** Tells, at one process or another, until there are so many messages or it is enough. */
    void tellThrough(List<Replica> replicas, int until, Random random, BooleanSupplier enough)
            throws InterruptedException {
        while (applied < until && !enough.getAsBoolean()) {
            try {
                tell(replicas.get(random.nextInt(replicas.size())), Math.min(until, applied + 1 + random.nextInt(20)));
            } catch (IOException _) {
                Thread.sleep(100 + random.nextInt(400));
            }
        }
    }
}
