import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Waits for the first token of one continuation after the other, as server-sent events of a service. */
final class FirstToken {
    private final String cell;
    private final int requests;

    FirstToken(String cell, boolean quick) {
        this.cell = cell;
        this.requests = quick ? 40 : 400;
    }

    String measure() throws IOException, InterruptedException {
        try (var service = new TextService(cell)) {
            double[] millis = new double[requests];
            for (int i = 0; i < requests; i++) {
                millis[i] = firstToken(service, i);
            }
            return Writing.percentiles(Arrays.copyOfRange(millis, requests / 4, requests))
                    + " of %,d characters".formatted(Writing.PROMPT);
        }
    }

    private static double firstToken(TextService service, int seed) throws IOException, InterruptedException {
        byte[] body = prompt(20, seed);
        long begun = System.nanoTime();
        var answer = service.send(
                "/api/v1/models/letters/predict", "application/json", "text/event-stream", body, BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body()))) {
            String first = lines.readLine();
            double millis = (System.nanoTime() - begun) / 1e6;
            if (!"event:token".equals(first)) {
                throw new IOException("status %d: %s".formatted(answer.statusCode(), first));
            }
            while (lines.readLine() != null) {} // to its end, so that the connection is kept
            return millis;
        }
    }

    /** A request to go on from a thousand characters. */
    static byte[] prompt(int tokens, int seed) {
        String letters = Writing.letters().substring(0, Writing.PROMPT).replace("\\", "\\\\");
        return "{\"prompt\":\"%s\",\"max_tokens\":%d,\"seed\":%d}"
                .formatted(letters, tokens, seed)
                .getBytes(StandardCharsets.UTF_8);
    }
}
