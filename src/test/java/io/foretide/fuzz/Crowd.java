package io.foretide.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Many large bodies at once, each of which the service would take if it were alone. */
final class Crowd {
    private static final byte[] NUMBERS = "0.1234567,".repeat(100_000).getBytes(ISO_8859_1);
    private static final String START = "{\"horizon\":1,\"series\":[{\"target\":[";
    private static final String END = "1]}]}";

    private final int port;

    Crowd(int port) {
        this.port = port;
    }

    /** How often each outcome was seen. */
    Map<String, Integer> send(int clients, int megabytes) throws Exception {
        Map<String, Integer> outcomes = new TreeMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(clients)) {
            List<Future<String>> sent = IntStream.range(0, clients)
                    .mapToObj(_ -> pool.submit(() -> sendOne(megabytes)))
                    .toList();
            for (Future<String> one : sent) {
                outcomes.merge(one.get(), 1, Integer::sum);
            }
        }
        return outcomes;
    }

    private String sendOne(int megabytes) throws IOException {
        long length = START.length() + (long) megabytes * NUMBERS.length + END.length();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(300_000);
            try {
                write(socket.getOutputStream(), length, megabytes);
            } catch (IOException refused) {
                // What was answered is there to be read all the same.
            }
            List<Answer> answers = Answer.read(readAll(socket), false);
            return answers.isEmpty() ? "closed" : outcome(answers.getFirst());
        }
    }

    private static void write(OutputStream out, long length, int megabytes) throws IOException {
        out.write(("POST /api/v1/models/air/predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + START)
                .getBytes(ISO_8859_1));
        for (int i = 0; i < megabytes; i++) {
            out.write(NUMBERS);
        }
        out.write(END.getBytes(ISO_8859_1));
    }

    private static byte[] readAll(Socket socket) throws IOException {
        return socket.getInputStream().readAllBytes();
    }

    private static String outcome(Answer answer) {
        String after = answer.header("retry-after");
        return answer.status() + (after.isEmpty() ? "" : " after " + after + " s");
    }
}
