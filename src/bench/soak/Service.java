import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The service in a process of its own, with a database of its own. */
final class Service implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 180;

    /**
     * Of the cache of the database, a fourth of what H2 takes by itself: so it reaches its bound in the first third of the
     * rows. Still on its way there, it would pass for a leak.
     */
    private static final int CACHE_KILOBYTES = 4096;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /** What was answered. */
    record Answer(int status, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The first text of this name in the JSON. */
        String member(String name) {
            var matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(text());
            if (!matcher.find()) {
                throw new IllegalStateException("no " + name + " in " + text());
            }
            return matcher.group(1);
        }
    }

    private Service(Process process, int port) {
        this.process = process;
        this.port = port;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static Service start() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path folder = Files.createTempDirectory("foretide-soak");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@src/main/jvm/java.args",
                        "-Xms512m",
                        "-Xmx512m",
                        "-XX:+AlwaysPreTouch", // what grows beside the heap shows in the resident memory
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.foretide.ForetideApplication",
                        "--server.port=" + port,
                        "--foretide.training.keep-finished=100",
                        "--foretide.storage.url=jdbc:h2:file:%s;CACHE_SIZE=%d"
                                .formatted(folder.resolve("data", "foretide"), CACHE_KILOBYTES))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var service = new Service(process, port);
        for (int half = 0; !service.isReady(); half++) {
            if (!process.isAlive() || half > 2 * PATIENCE_SECONDS) {
                throw new IllegalStateException("the service is not ready, see " + log);
            }
            Thread.sleep(500);
        }
        return service;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/actuator/health/readiness").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    long pid() {
        return process.pid();
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body());
    }

    /** Eight series of 200 values with a season of twelve. */
    static String series() {
        return IntStream.range(0, 8)
                .mapToObj(i -> IntStream.range(0, 200)
                        .mapToObj(t -> String.format(
                                Locale.ROOT, "%.2f", 100 + i + 0.3 * t + 20 * Math.sin(t * Math.PI / 6) + t * 31 % 17))
                        .collect(Collectors.joining(
                                ",", "{\"item_id\":\"" + i + "\",\"start\":\"2000-01-01\",\"freq\":\"M\",\"target\":[", "]}")))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Trains a version that becomes champion of nothing, and gives its job when that has ended; or why it was refused. */
    Answer train(String model, String cell, int units) throws IOException, InterruptedException {
        Answer job = post("/api/v1/models/" + model + "/train", """
                {"data":{"series":%s},"forecast":{"horizon":12},"network":{"cell":"%s","units":%d},
                 "training":{"epochs":20,"patience":20,"batch_size":32},"promote":"never"}"""
                .formatted(series(), cell, units));
        if (job.status() != 202) {
            return job;
        }
        String path = "/api/v1/jobs/" + job.member("id");
        while (List.of("queued", "running").contains(job.member("state"))) {
            Thread.sleep(50);
            job = get(path);
        }
        return job;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
        http.close();
    }
}
