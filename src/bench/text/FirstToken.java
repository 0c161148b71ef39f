import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts a service, imports a model, and waits for the first token of one continuation after the other as server-sent events. */
final class FirstToken {
    private final byte[] artifact;
    private final int requests;
    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private String address = "";

    FirstToken(String cell, boolean quick) throws IOException {
        this.artifact = Writing.trained(cell).artifact();
        this.requests = quick ? 40 : 400;
        this.folder = Files.createTempDirectory("foretide-text");
    }

    String measure() throws IOException, InterruptedException {
        try (var free = new ServerSocket(0)) {
            address = "http://127.0.0.1:" + free.getLocalPort();
        }
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("server.java"),
                        "@src/main/jvm/java.args",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("server.classpath"),
                        "io.foretide.ForetideApplication",
                        "--server.port=" + URI.create(address).getPort(),
                        "--foretide.storage.path=" + folder.resolve("foretide")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            while (!isReady()) {
                if (!process.isAlive()) {
                    throw new IOException("the service ended, see " + log);
                }
                Thread.sleep(200);
            }
            send("/api/v1/models/letters/versions", "application/zip", artifact);
            double[] millis = new double[requests];
            for (int i = 0; i < requests; i++) {
                millis[i] = firstToken(i);
            }
            return Writing.percentiles(Arrays.copyOfRange(millis, requests / 4, requests));
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
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

    private void send(String path, String type, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IOException(answer.body());
        }
    }

    private double firstToken(int seed) throws IOException, InterruptedException {
        String letters = Writing.letters().substring(0, Writing.PROMPT).replace("\\", "\\\\");
        String body = "{\"prompt\":\"%s\",\"max_tokens\":20,\"seed\":%d}".formatted(letters, seed);
        var request = HttpRequest.newBuilder(URI.create(address + "/api/v1/models/letters/predict"))
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long begun = System.nanoTime();
        var answer = http.send(request, BodyHandlers.ofInputStream());
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
}
