import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How long a forecast takes over HTTP, beside an endpoint that does nothing.
 *
 * <p>A warm model is asked for 12 steps after one series of 144 values, by 1 client and by 16. So is the endpoint, with the
 * same request and an answer of the same size. Rounds of the two alternate, so that what else the machine does meets both.
 *
 * <p>{@code --url}, {@code --trivial-url}: the two servers. {@code --quick}: a few seconds, to see that it runs. {@code --out}:
 * where the table goes. {@code --about}: a line on where the figures come from, may be repeated.
 */
public final class LatencyBench {
    private static final int VALUES = 144;
    private static final int HORIZON = 12;
    private static final int[] CLIENTS = {1, 16};
    private static final String MODEL = "latency-bench";

    private record Options(URI url, URI trivialUrl, boolean quick, Path out, List<String> about) {
        int rounds() {
            return quick ? 2 : 7;
        }

        Duration round() {
            return quick ? Duration.ofSeconds(1) : Duration.ofSeconds(8);
        }

        static Options parse(String[] arguments) {
            URI url = URI.create("http://127.0.0.1:8080"), trivialUrl = URI.create("http://127.0.0.1:8081");
            boolean quick = false;
            Path out = Path.of("target", "bench", "latency.txt");
            List<String> about = new ArrayList<>();
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "--url" -> url = URI.create(arguments[++i]);
                    case "--trivial-url" -> trivialUrl = URI.create(arguments[++i]);
                    case "--quick" -> quick = true;
                    case "--out" -> out = Path.of(arguments[++i]);
                    case "--about" -> about.add(arguments[++i]);
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
                }
            }
            return new Options(url, trivialUrl, quick, out, about);
        }
    }

    /** A server, and the one request that it is asked over and over. */
    private record Target(String name, URI server, String path, String body) {}

    /** The nanoseconds of each request of one target at one number of clients, over all rounds. */
    private static final class Latencies {
        private final List<long[]> parts = new ArrayList<>();
        private double seconds;

        double micros(double quantile) {
            long[] all = parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return all[(int) Math.ceil(quantile * all.length) - 1] / 1000.0;
        }

        long count() {
            return parts.stream().mapToLong(part -> part.length).sum();
        }
    }

    private LatencyBench() {}

    public static void main(String[] arguments) throws Exception {
        var options = Options.parse(arguments);
        String series = series();
        train(options.url(), series);
        String body = "{\"series\":[" + series + "],\"horizon\":" + HORIZON + "}";
        var predict = new Target("predict", options.url(), "/api/v1/models/" + MODEL + "/predict", body);
        int size = sizeOf(predict);
        var trivial = new Target("trivial", options.trivialUrl(), "/trivial?bytes=" + size, body);
        if (sizeOf(trivial) != size) {
            throw new IllegalStateException("the trivial endpoint answers another number of bytes than " + size);
        }

        List<String> lines = new ArrayList<>(options.about());
        lines.add("request   %d bytes, answer %d bytes; %d rounds of %d s each, alternating"
                .formatted(body.length(), size, options.rounds(), options.round().toSeconds()));
        lines.add("%7s  %-8s  %9s  %10s  %8s  %8s".formatted("clients", "endpoint", "requests", "requests/s", "p50 µs", "p99 µs"));
        for (int clients : CLIENTS) {
            lines.addAll(measure(List.of(predict, trivial), clients, options));
        }
        lines.forEach(System.out::println);
        Files.createDirectories(options.out().toAbsolutePath().getParent());
        Files.write(options.out(), lines);
    }

    private static List<String> measure(List<Target> targets, int clients, Options options) throws Exception {
        var latencies = targets.stream().map(_ -> new Latencies()).toList();
        for (int round = 0; round <= options.rounds(); round++) {
            for (int k = 0; k < targets.size(); k++) {
                // Who goes first alternates as well.
                int which = (round + k) % targets.size();
                long started = System.nanoTime();
                var parts = hammer(targets.get(which), clients, options.round());
                if (round > 0) { // the first one warms up
                    latencies.get(which).parts.addAll(parts);
                    latencies.get(which).seconds += (System.nanoTime() - started) / 1e9;
                }
            }
        }
        return IntStream.range(0, targets.size())
                .mapToObj(i -> row(clients, targets.get(i), latencies.get(i)))
                .toList();
    }

    private static String row(int clients, Target target, Latencies of) {
        return "%7d  %-8s  %9d  %10.0f  %8.0f  %8.0f"
                .formatted(clients, target.name(), of.count(), of.count() / of.seconds, of.micros(0.5), of.micros(0.99));
    }

    private static List<long[]> hammer(Target target, int clients, Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            Callable<long[]> client = () -> askUntil(end, target);
            List<long[]> parts = new ArrayList<>();
            for (var future : threads.invokeAll(java.util.Collections.nCopies(clients, client))) {
                parts.add(future.get());
            }
            return parts;
        }
    }

    private static long[] askUntil(long end, Target target) throws IOException {
        long[] nanos = new long[1024];
        int count = 0;
        try (var connection = new KeptConnection(target.server())) {
            byte[] request = connection.request("POST", target.path(), target.body());
            while (System.nanoTime() < end) {
                connection.ensureOpen();
                long before = System.nanoTime();
                var answer = connection.send(request);
                long after = System.nanoTime();
                requireSuccess(answer);
                nanos = count < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * count);
                nanos[count++] = after - before;
            }
        }
        return Arrays.copyOf(nanos, count);
    }

    private static int sizeOf(Target target) throws IOException {
        return ask(target.server(), "POST", target.path(), target.body()).length();
    }

    private static String ask(URI server, String method, String path, String body) throws IOException {
        try (var connection = new KeptConnection(server)) {
            return requireSuccess(connection.send(connection.request(method, path, body)));
        }
    }

    private static String requireSuccess(KeptConnection.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    /** Trains the model with the service's defaults: what a walk costs depends on the size of the network alone. */
    private static void train(URI url, String series) throws Exception {
        String body = """
                {"task":"forecast","data":{"series":[%s]},"forecast":{"horizon":%d},"training":{"epochs":5},"promote":"always"}"""
                .formatted(series, HORIZON);
        String job = ask(url, "POST", "/api/v1/models/" + MODEL + "/train", body);
        String id = member(job, "id");
        while (List.of("queued", "running").contains(member(job, "state"))) {
            Thread.sleep(300);
            job = ask(url, "GET", "/api/v1/jobs/" + id, "");
        }
        if (!member(job, "state").equals("succeeded")) {
            throw new IllegalStateException("training failed: " + job);
        }
    }

    private static String member(String json, String name) {
        var matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }

    /** Twelve years of months: a trend, and a season that grows with it. */
    private static String series() {
        String target = IntStream.range(0, VALUES)
                .mapToObj(t -> String.format(
                        Locale.ROOT, "%.0f", (120 + 2.5 * t) * (1 + 0.25 * Math.sin(2 * Math.PI * t / 12))))
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"item_id\":\"series\",\"start\":\"1949-01-01\",\"freq\":\"M\",\"target\":" + target + "}";
    }
}
