package io.foretide.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads server-sent events from a socket, line by line as they come. */
final class EventReader implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader lines;
    private final String status;
    private final List<String> headers = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final List<String> retries = new ArrayList<>();

    /** One event; empty fields were not sent. */
    record Event(String id, String name, String data) {}

    /** In HTTP/1.0, where an answer is not cut into chunks, and ends with its connection. */
    private EventReader(int port, String path, String header) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n" + header + "\r\n").getBytes(UTF_8));
        lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        status = line();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            headers.add(line);
        }
    }

    static EventReader open(int port, String job) {
        return open(port, job, "");
    }

    static EventReader open(int port, String job, String lastEventId) {
        try {
            return new EventReader(
                    port,
                    "/api/v1/jobs/" + job + "/events",
                    lastEventId.isEmpty() ? "" : "Last-Event-ID: " + lastEventId + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String line() {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next event; null where the server has ended the stream. */
    Event next() {
        String id = "";
        String name = "";
        String data = "";
        for (String line = line(); line != null; line = line()) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = line.substring(colon + 1);
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data = value;
                case "retry" -> retries.add(value);
                default -> {
                    if (colon == 0) {
                        comments.add(value);
                    } else if (line.isEmpty() && !name.isEmpty()) {
                        return new Event(id, name, data);
                    }
                }
            }
        }
        return null;
    }

    /** All events until the server ends the stream. */
    List<Event> toEnd() {
        return Stream.generate(this::next).takeWhile(event -> event != null).toList();
    }

    /** Reads on until a comment comes. */
    String nextComment() {
        while (comments.isEmpty()) {
            String line = line();
            if (line == null) {
                throw new AssertionError("the stream ended");
            }
            if (line.startsWith(":")) {
                comments.add(line.substring(1));
            }
        }
        return comments.removeFirst();
    }

    String status() {
        return status;
    }

    List<String> headers() {
        return headers;
    }

    List<String> retries() {
        return retries;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
