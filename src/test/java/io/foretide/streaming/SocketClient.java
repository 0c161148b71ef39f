package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A WebSocket client as the JDK has it. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final boolean reads;
    private WebSocket socket;

    private SocketClient(Reading reading) {
        this.reads = reading == Reading.ALL;
    }

    private enum Reading {
        ALL,
        NOTHING
    }

    static SocketClient connect(int port, String... headers) {
        return connect(port, new SocketClient(Reading.ALL), headers);
    }

    /** One that never takes what is sent. */
    static SocketClient deaf(int port) {
        return connect(port, new SocketClient(Reading.NOTHING));
    }

    private static SocketClient connect(int port, SocketClient client, String... headers) {
        var builder = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("foretide.v1")
                .connectTimeout(PATIENCE);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/api/v1/stream"), client)
                .join();
        return client;
    }

    SocketClient send(String text) {
        socket.sendText(text.replace('\'', '"'), true).join();
        return this;
    }

    /** Sends a message in pieces. */
    void sendPieces(List<String> pieces) {
        for (int i = 0; i < pieces.size(); i++) {
            socket.sendText(pieces.get(i), i == pieces.size() - 1).join();
        }
    }

    void sendBinary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    /** Whether all could be sent: a server that reads no more fails it, or stalls it. */
    CompletableFuture<WebSocket> trySend(String text) {
        return socket.sendText(text, true);
    }

    JsonNode next() {
        try {
            String text = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(text).as("a message").isNotNull();
            return JSON.readTree(text);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next message, which is an error. */
    JsonNode nextError(String slug) {
        JsonNode message = next();
        assertThat(message.path("type").asString()).as(message.toString()).isEqualTo("error");
        assertThat(message.at("/error/type").asString()).isEqualTo("/problems/" + slug);
        return message;
    }

    JsonNode ask(String text) {
        return send(text).next();
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    int closeCode() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void onOpen(WebSocket opened) {
        if (reads) {
            opened.request(1);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            received.add(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
