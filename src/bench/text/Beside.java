import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether forecasts wait for texts: their latency alone, and beside clients who have texts written without a pause. */
final class Beside {
    private static final int TOKENS = 2_000;

    private final int writers;
    private final int forecasts;

    Beside(int writers, boolean quick) {
        this.writers = writers;
        this.forecasts = quick ? 100 : 2_000;
    }

    String measure() throws IOException, InterruptedException {
        try (var service = new TextService("lstm")) {
            train(service);
            forecasts(service); // until all is compiled
            String alone = Writing.percentiles(forecasts(service));
            var ended = new AtomicBoolean();
            var tokens = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int seed = i;
                threads.add(Thread.ofPlatform().start(() -> write(service, seed, ended, tokens)));
            }
            Thread.sleep(2_000);
            long before = tokens.get(), begun = System.nanoTime();
            String beside = Writing.percentiles(forecasts(service));
            double written = (tokens.get() - before) / ((System.nanoTime() - begun) / 1e9);
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            return "alone %s; beside them %s, %,.0f tokens/s".formatted(alone, beside, written);
        }
    }

    private static String series(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> "%.3f".formatted(100 + 10 * Math.sin(i * Math.PI / 6) + i % 7))
                .collect(Collectors.joining(",", "{\"series\":[{\"target\":[", "]}]"));
    }

    private static void train(TextService service) throws IOException, InterruptedException {
        String body = "{\"data\":%s},\"forecast\":{\"horizon\":12},\"training\":{\"epochs\":2}}".formatted(series(144));
        service.train("air", body);
    }

    private double[] forecasts(TextService service) throws IOException, InterruptedException {
        byte[] body = (series(144) + "}").getBytes(StandardCharsets.UTF_8);
        double[] millis = new double[forecasts];
        for (int i = 0; i < forecasts; i++) {
            long begun = System.nanoTime();
            service.post("/api/v1/models/air/predict", "application/json", body);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        return Arrays.copyOfRange(millis, forecasts / 10, forecasts);
    }

    private static void write(TextService service, int seed, AtomicBoolean ended, AtomicLong tokens) {
        try {
            for (int i = 0; !ended.get(); i++) {
                service.post("/api/v1/models/letters/predict", "application/json", FirstToken.prompt(TOKENS, 1_000 * seed + i));
                tokens.addAndGet(TOKENS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
