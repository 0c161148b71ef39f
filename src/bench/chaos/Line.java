package chaos;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection to one process, for as long as it lasts. What comes is an event of its client. */
final class Line {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(3);

    private final Replica replica;
    private final BlockingQueue<Event> events;
    private final int number = NUMBERS.incrementAndGet();
    private CompletableFuture<WebSocket> opening;
    private boolean over;
    private long heard = System.nanoTime();
    private long pinged = System.nanoTime();

    /** What a line has heard; no message where it has ended. */
    record Event(Line line, JsonNode message) {}

    private Line(Replica replica, BlockingQueue<Event> events) {
        this.replica = replica;
        this.events = events;
    }

    /** Begins to connect. */
    static Line to(Replica replica, BlockingQueue<Event> events) {
        var line = new Line(replica, events);
        line.opening = HTTP.newWebSocketBuilder()
                .subprotocols("foretide.v1")
                .connectTimeout(LONGEST_CONNECT)
                .buildAsync(replica.stream(), line.new Hearing());
        return line;
    }

    /** Whether messages can be sent. */
    boolean isOpen() {
        if (!over && opening.isCompletedExceptionally()) {
            over = true;
        }
        return !over && opening.isDone();
    }

    /** For stories. */
    String name() {
        return replica.stream().getPort() + "/" + number;
    }

    Replica replica() {
        return replica;
    }

    boolean isOver() {
        return over;
    }

    void heard() {
        heard = System.nanoTime();
    }

    /** Asks a silent service whether it is there; false where it has not answered for long. */
    boolean isThere() throws InterruptedException {
        long now = System.nanoTime();
        if (now - heard > TimeUnit.SECONDS.toNanos(5)) {
            return false;
        }
        if (isOpen() && now - Math.max(heard, pinged) > TimeUnit.SECONDS.toNanos(1)) {
            pinged = now;
            send("{\"type\":\"ping\"}");
        }
        return true;
    }

    void send(String message) throws InterruptedException {
        if (!isOpen()) {
            return;
        }
        try {
            opening.join().sendText(message, true).get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | CompletionException _) {
            end();
        }
    }

    /** Ends it without a word. */
    void end() {
        if (!over) {
            over = true;
            opening.thenAccept(WebSocket::abort);
            events.add(new Event(this, null));
        }
    }

    /** Takes frames together to messages. */
    private final class Hearing implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                events.add(new Event(Line.this, JSON.readTree(text.toString())));
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            events.add(new Event(Line.this, null));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            events.add(new Event(Line.this, null));
        }
    }
}
