import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A service of our own, which holds a model that writes, {@code letters}, and has bare handlers beside it. */
final class TextService implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;
    final int port;
    private final Process process;

    /** @param cell of its 256 units, which are hardly trained */
    TextService(String cell) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("foretide-text");
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        address = "http://127.0.0.1:" + port;
        Path log = folder.resolve("log.txt");
        process = new ProcessBuilder(List.of(
                        System.getProperty("server.java"),
                        "@src/main/jvm/java.args",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("server.classpath"),
                        "io.foretide.streaming.BenchServer",
                        "--server.port=" + port,
                        "--foretide.sessions.max-tokens=1000000",
                        "--foretide.storage.path=" + folder.resolve("foretide")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (!isReady()) {
            if (!process.isAlive()) {
                throw new IOException("the service ended, see " + log);
            }
            Thread.sleep(200);
        }
        train(
                "letters",
                """
                {"task":"generate","network":{"cell":"%s","units":256,"layers":1,"dropout":0},"training":{"epochs":1},"data":{"text":"%s"}}"""
                        .formatted(cell, Writing.letters().replace("\\", "\\\\")));
    }

    /** Trains a model, to its end. */
    void train(String model, String body) throws IOException, InterruptedException {
        post("/api/v1/models/" + model + "/train", "application/json", body.getBytes(StandardCharsets.UTF_8));
        while (!get("/api/v1/jobs?model=" + model).contains("\"succeeded\"")) {
            if (get("/api/v1/jobs?model=" + model).contains("\"failed\"")) {
                throw new IOException(get("/api/v1/jobs?model=" + model));
            }
            Thread.sleep(200);
        }
    }

    private boolean isReady() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/actuator/health/readiness")).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    String get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString()).body();
    }

    String post(String path, String type, byte[] body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path, type, "*/*", body, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(answer.body());
        }
        return answer.body();
    }

    <T> HttpResponse<T> send(String path, String type, String accept, byte[] body, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", type)
                .header("Accept", accept)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, handler);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
