import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Trains one model on many series through the API, in a service of a fixed heap, forecasts all of them, and tells how long
 * that took and how much memory. The exit code is 1 where the job or a request failed.
 *
 * <p>{@code --series}, {@code --length}: how many, and how many values each has. {@code --heap}: of the service. {@code
 * --query}: further settings of the training, such as {@code max_duration=PT30S}; may be repeated, and each is a training of
 * its own. {@code --out}: where the table goes. {@code --about}: a line on where the figures come from, may be repeated.
 */
public final class ManySeriesBench {
    private static final int HORIZON = 12;
    private static final int PATIENCE_SECONDS = 180;

    private static int series = 10_000;
    private static int length = 200;
    private static String heap = "1g";
    private static Path out = Path.of("target", "bench", "many.txt");
    private static final List<String> QUERIES = new ArrayList<>();
    private static final List<String> LINES = new ArrayList<>();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private double peakHeap;

    private ManySeriesBench(Process process, int port) {
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--series" -> series = Integer.parseInt(arguments[i + 1]);
                case "--length" -> length = Integer.parseInt(arguments[i + 1]);
                case "--heap" -> heap = arguments[i + 1];
                case "--query" -> QUERIES.add(arguments[i + 1]);
                case "--out" -> out = Path.of(arguments[i + 1]);
                case "--about" -> LINES.add(arguments[i + 1]);
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        if (QUERIES.isEmpty()) {
            QUERIES.add("");
        }
        LINES.add("data      %,d series of %,d values, heap %s".formatted(series, length, heap));
        LINES.forEach(System.out::println);
        byte[] body = body();
        for (String query : QUERIES) {
            measure(body, query);
        }
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.write(out, LINES);
        System.exit(0);
    }

    /** Each training in a process of its own: what is compiled for the first one would help the others. */
    private static void measure(byte[] body, String query) throws Exception {
        ManySeriesBench bench = start();
        try {
            bench.train(body, query);
        } finally {
            bench.process.destroy();
            bench.process.waitFor();
        }
    }

    private static void tell(String line) {
        LINES.add(line);
        System.out.println(line);
    }

    /** Monthly series with a trend, a season and noise, in gzipped JSON Lines. */
    private static byte[] body() throws IOException {
        var random = new Random(7);
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < series; i++) {
                var line = new StringBuilder("{\"item_id\":\"item-%d\",\"start\":\"2005-01-01\",\"freq\":\"M\",\"target\":["
                        .formatted(i));
                double level = 50 + 500 * random.nextDouble(), slope = random.nextGaussian() / 10;
                double swing = level / 4 * random.nextDouble(), phase = 12 * random.nextDouble();
                for (int t = 0; t < length; t++) {
                    double value = level
                            + slope * t
                            + swing * Math.sin((t + phase) * Math.PI / 6)
                            + level / 20 * random.nextGaussian();
                    line.append(t == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.2f", value));
                }
                gzip.write(line.append("]}\n").toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static ManySeriesBench start() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path folder = Files.createTempDirectory("foretide-many");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@src/main/jvm/java.args",
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.foretide.ForetideApplication",
                        "--server.port=" + port,
                        "--foretide.storage.url=jdbc:h2:file:" + folder.resolve("foretide"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        var bench = new ManySeriesBench(process, port);
        for (int half = 0; !bench.isReady(); half++) {
            if (!process.isAlive() || half > 2 * PATIENCE_SECONDS) {
                throw new IllegalStateException("the service is not ready, see " + folder.resolve("log.txt"));
            }
            Thread.sleep(500);
        }
        return bench;
    }

    private boolean isReady() throws InterruptedException {
        try {
            get("/actuator/health/readiness");
            return true;
        } catch (IOException | IllegalStateException notYet) {
            return false;
        }
    }

    private void train(byte[] body, String query) throws IOException, InterruptedException {
        long sent = System.nanoTime();
        String job = post("/api/v1/models/many/train?horizon=" + HORIZON + (query.isEmpty() ? "" : "&" + query), body);
        double accepted = secondsSince(sent);
        String path = "/api/v1/jobs/" + member("id", job);
        long begun = System.nanoTime();
        String phase = "";
        StringBuilder phases = new StringBuilder();
        while (List.of("queued", "running").contains(member("state", job))) {
            Thread.sleep(100);
            job = get(path);
            String now = member("phase", job);
            if (!now.equals(phase)) {
                phases.append(" %s %.1f".formatted(now, secondsSince(begun)));
                phase = now;
            }
            watchHeap();
        }
        double trained = secondsSince(begun);
        if (!member("state", job).equals("succeeded")) {
            throw new IllegalStateException(job);
        }
        String version = get("/api/v1/models/many/versions/1");
        long asked = System.nanoTime();
        int answered = post("/api/v1/models/many/predict?horizon=" + HORIZON, body).length();
        double predicted = secondsSince(asked);
        watchHeap();
        tell(String.format(
                Locale.ROOT,
                "%-28s accepted after %.1f s, job %.1f s (%s; epochs %d, stopped by %s, measured on %s windows), "
                        + "forecast in %.1f s (%,d bytes); peak heap %.0f MB, peak resident %d MB",
                query.isEmpty() ? "all as by default" : query,
                accepted,
                trained,
                phases.toString().trim(),
                version.split("\"train_loss\"", -1).length - 1,
                member("stopped_by", version),
                number("windows", version),
                predicted,
                answered,
                peakHeap / 1e6,
                peakResident() / 1000));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** What is used between two collections counts, garbage and all. */
    private void watchHeap() throws IOException, InterruptedException {
        Matcher pools = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)$")
                .matcher(get("/actuator/prometheus"));
        double used = 0;
        while (pools.find()) {
            used += Double.parseDouble(pools.group(1));
        }
        peakHeap = Math.max(peakHeap, used);
    }

    private long peakResident() {
        try {
            Matcher peak = Pattern.compile("VmHWM:\\s*(\\d+)")
                    .matcher(Files.readString(Path.of("/proc", String.valueOf(process.pid()), "status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private String post(String path, byte[] body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** The first text of this name in the JSON. */
    private static String member(String name, String json) {
        return find("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"", name, json);
    }

    private static String number(String name, String json) {
        return find("\"" + name + "\"\\s*:\\s*(\\d+)", name, json);
    }

    private static String find(String pattern, String name, String json) {
        Matcher matcher = Pattern.compile(pattern).matcher(json);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + json);
        }
        return matcher.group(1);
    }
}
