import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The service in a process of its own, with a database of its own. */
final class Service implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PATIENCE_SECONDS = 600;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;
    private final Path folder;

    /** What was trained, and how long that took from its start to its publication. */
    record Version(int number, double seconds) {}

    private Service(Process process, int port, Path folder) {
        this.process = process;
        this.port = port;
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static Service start() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path folder = Files.createTempDirectory("foretide-classify");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@src/main/jvm/java.args",
                        "-Xmx3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.foretide.ForetideApplication",
                        "--server.port=" + port,
                        "--foretide.storage.path=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        var service = new Service(process, port, folder);
        for (int half = 0; !service.isReady(); half++) {
            if (!process.isAlive() || half > 2 * PATIENCE_SECONDS) {
                throw new IllegalStateException("the service is not ready, see " + folder);
            }
            Thread.sleep(500);
        }
        return service;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.send(request("/actuator/health/readiness").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Trains a version to its end, with defaults but for the seed. */
    Version train(String model, List<ObjectNode> sequences, long seed) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("task", "classify").put("promote", "always");
        body.putObject("data").putArray("sequences").addAll(sequences);
        body.putObject("training").put("seed", seed);
        JsonNode job = post("/api/v1/models/" + model + "/train", body);
        String path = "/api/v1/jobs/" + job.path("id").asString();
        while (List.of("queued", "running").contains(job.path("state").asString())) {
            Thread.sleep(200);
            job = get(path);
        }
        if (!job.path("state").asString().equals("succeeded")) {
            throw new IOException(job.toString());
        }
        Duration took = Duration.between(
                Instant.parse(job.path("started_at").asString()),
                Instant.parse(job.path("finished_at").asString()));
        JsonNode version = job.path("version");
        int number = version.isObject() ? version.path("version").asInt() : version.asInt();
        return new Version(number, took.toMillis() / 1e3);
    }

    JsonNode backtest(String model, int version, List<ObjectNode> sequences) throws IOException, InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.putArray("sequences").addAll(sequences);
        return post("/api/v1/models/%s:%d/backtest".formatted(model, version), body);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(bytes(path));
    }

    byte[] bytes(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return JSON.readTree(post(path, JSON.writeValueAsBytes(body)));
    }

    byte[] post(String path, byte[] json) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("%s: %d %s".formatted(answer.uri(), answer.statusCode(), new String(answer.body())));
        }
        return answer.body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        http.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
