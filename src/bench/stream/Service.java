package stream;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A service of our own, with a model of months and one of hours: LSTM of 64 units. */
final class Service implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    final int port;
    final Path folder;

    Service(String... properties) throws IOException, InterruptedException {
        folder = Path.of(System.getProperty("server.folder"));
        delete();
        Files.createDirectories(folder);
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("server.java"),
                "@src/main/jvm/java.args",
                "-Xmx3g",
                "-cp",
                System.getProperty("server.classpath"),
                "io.foretide.streaming.BenchServer",
                "--server.port=" + port,
                "--foretide.storage.path=" + folder.resolve("foretide"),
                "--foretide.sessions.max-message-rate=10000000"));
        command.addAll(List.of(properties));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile())
                .start();
        while (get("/actuator/health/readiness", 0).statusCode() != 200) {
            if (!process.isAlive()) {
                throw new IOException("the service ended, see " + folder.resolve("log.txt"));
            }
            Thread.sleep(200);
        }
    }

    private HttpResponse<String> get(String path, int tries) throws IOException, InterruptedException {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            if (!process.isAlive()) {
                throw e;
            }
            Thread.sleep(200);
            return get(path, tries + 1);
        }
    }

    /** Trains for a moment, and yet so long that levels of a forecast seldom cross: to put them in order takes time. */
    void train(String model, String frequency, int season, int members) throws IOException, InterruptedException {
        var body = new StringBuilder("{\"forecast\":{\"horizon\":24},\"network\":{\"cell\":\"lstm\",\"units\":64,\"members\":%d},\"training\":{\"epochs\":20},\"data\":{\"series\":["
                .formatted(members));
        for (int series = 0; series < 40; series++) {
            body.append(series == 0 ? "" : ",")
                    .append("{\"item_id\":\"s%d\",\"start\":\"2000-01-01\",\"freq\":\"%s\",\"target\":[".formatted(series, frequency));
            for (int i = 0; i < 20 * season; i++) {
                body.append(i == 0 ? "" : ",").append(value(series, i, season));
            }
            body.append("]}");
        }
        start(model, body.append("]}}").toString());
        while (!get("/api/v1/models/" + model, 0).body().contains("\"champion\"")) {
            if (get("/api/v1/jobs?model=" + model, 0).body().contains("\"failed\"")) {
                throw new IOException(get("/api/v1/jobs?model=" + model, 0).body());
            }
            Thread.sleep(200);
        }
    }

    /** Begins a training that keeps its threads busy. */
    void start(String model, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/models/" + model + "/train"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException(answer.body());
        }
    }

    static double value(int series, int step, int season) {
        return Math.rint(100 * (50 + 10 * Math.sin(2 * Math.PI * step / season + series) + (step * 7919 + series * 104729) % 13))
                / 100;
    }

    /** What is left of the heap after a collection. */
    long liveHeap() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("server.java")).resolveSibling("jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(histogram.getInputStream().readAllBytes());
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(text);
        if (!total.find()) {
            throw new IOException(text);
        }
        return Long.parseLong(total.group(1));
    }

    double meter(String name) throws IOException, InterruptedException {
        return get("/actuator/prometheus", 0)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Bytes of the database. */
    long disk() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".db"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** Seconds of processor that the service has used. */
    double processor() {
        return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    private void delete() throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
