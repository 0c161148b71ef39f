import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import stream.Socket;

/** Sessions over WebSocket that write, each on a connection of its own, with a client that costs next to nothing. */
final class Sessions {
    private final String cell;
    private final boolean quick;

    Sessions(String cell, boolean quick) {
        this.cell = cell;
        this.quick = quick;
    }

    /** Asks for so many tokens at a time, and hears them. */
    private interface Writer {
        /** How many bytes they have together. */
        long hear(int tokens) throws IOException;
    }

    /** Tokens a second of so many sessions, by turns with a bare handler that sends as many frames of the same size. */
    String speed(int sessions) throws IOException, InterruptedException {
        int tokens = (quick ? 20_000 : 200_000) / sessions, rounds = quick ? 3 : 8;
        try (var service = new TextService(cell)) {
            List<Writer> ours = new ArrayList<>(), bare = new ArrayList<>();
            for (int i = 0; i < sessions; i++) {
                ours.add(session(service, i));
            }
            int size = (int) (ours.getFirst().hear(1_000) / 1_000);
            for (int i = 0; i < sessions; i++) {
                bare.add(frames(new Socket(service.port, "/frames/" + size)));
            }
            rate(ours, tokens); // until all is compiled
            rate(bare, tokens);
            double[] our = new double[rounds], handler = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                our[round] = rate(ours, tokens);
                handler[round] = rate(bare, tokens);
            }
            return "%,.0f tokens/s in the best of %d rounds, %,.0f in the median; bare handler %,.0f and %,.0f frames/s of %d bytes"
                    .formatted(
                            Writing.best(our), rounds, Writing.median(our), Writing.best(handler), Writing.median(handler), size);
        }
    }

    private static Writer session(TextService service, int number) throws IOException {
        Socket socket = open(service, "s" + number);
        return tokens -> {
            socket.put(generate("s" + number, tokens, number));
            socket.flush();
            return hear(socket, tokens);
        };
    }

    private static Writer frames(Socket socket) {
        return tokens -> {
            socket.put(Integer.toString(tokens + 1).getBytes(StandardCharsets.US_ASCII));
            socket.flush();
            return hear(socket, tokens);
        };
    }

    /** The tokens, and then how they ended. */
    private static long hear(Socket socket, int tokens) throws IOException {
        long bytes = 0;
        for (int i = 0; i < tokens; i++) {
            bytes += socket.skip();
        }
        socket.skip();
        return bytes;
    }

    private static double rate(List<Writer> writers, int tokens) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            List<Future<Long>> all = new ArrayList<>();
            long begun = System.nanoTime();
            writers.forEach(writer -> all.add(threads.submit(() -> writer.hear(tokens))));
            for (Future<Long> one : all) {
                one.get();
            }
            return tokens * (double) writers.size() / ((System.nanoTime() - begun) / 1e9);
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
    }

    /** Milliseconds from when a session is sent a thousand characters to the first token that follows them. */
    String firstToken() throws IOException, InterruptedException {
        String letters = Writing.letters().substring(0, Writing.PROMPT).replace("\\", "\\\\");
        double[] millis = new double[quick ? 40 : 400];
        try (var service = new TextService(cell)) {
            Socket socket = open(service, "s");
            for (int i = 0; i < millis.length; i++) {
                long begun = System.nanoTime();
                socket.put(ascii("{\"type\":\"text\",\"session\":\"s\",\"seq\":%d,\"text\":\"%s\"}".formatted(2 * i + 1, letters)));
                socket.put(generate("s", 20, i));
                socket.flush();
                expect("ack", socket);
                expect("token", socket);
                millis[i] = (System.nanoTime() - begun) / 1e6;
                hear(socket, 19);
            }
        }
        return Writing.percentiles(Arrays.copyOfRange(millis, millis.length / 4, millis.length))
                + " of %,d characters".formatted(Writing.PROMPT);
    }

    private static Socket open(TextService service, String session) throws IOException {
        var socket = new Socket(service.port, "/api/v1/stream");
        socket.put(ascii("{\"type\":\"session.open\",\"session\":\"%s\",\"model\":\"letters\"}".formatted(session)));
        socket.flush();
        expect("session.opened", socket);
        return socket;
    }

    private static byte[] generate(String session, int tokens, int seed) {
        return ascii("{\"type\":\"generate\",\"session\":\"%s\",\"max_tokens\":%d,\"seed\":%d}".formatted(session, tokens, seed));
    }

    private static byte[] ascii(String message) {
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    private static void expect(String type, Socket socket) throws IOException {
        String message = socket.read();
        while (message.startsWith("{\"type\":\"ack.many\"")) { // which nothing asked for
            message = socket.read();
        }
        if (!message.startsWith("{\"type\":\"%s\"".formatted(type))) {
            throw new IOException("not " + type + ": " + message);
        }
    }
}
