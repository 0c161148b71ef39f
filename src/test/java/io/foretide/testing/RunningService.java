package io.foretide.testing;

import static org.awaitility.Awaitility.await;

import io.foretide.ForetideApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port, with a database file of its own. */
public final class RunningService implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static RunningService start(String... properties) throws IOException {
        Path folder = Files.createTempDirectory("foretide");
        return start(folder, properties);
    }

    /** Over the database in a folder, which may have been another service's before. */
    public static RunningService start(Path folder, String... properties) {
        var arguments =
                new ArrayList<>(List.of("--server.port=0", "--foretide.storage.path=" + folder.resolve("foretide")));
        Stream.of(properties).map("--"::concat).forEach(arguments::add);
        return new RunningService(SpringApplication.run(ForetideApplication.class, arguments.toArray(String[]::new)));
    }

    public String address() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    /** Where health and metrics are asked for; the service's own address unless they have a port of their own. */
    public String managementAddress() {
        return "http://localhost:"
                + context.getEnvironment()
                        .getProperty(
                                "local.management.port",
                                context.getEnvironment().getProperty("local.server.port"));
    }

    /** What a property came to, from wherever it was set. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(context.getEnvironment().getProperty(name));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(
                send(HttpRequest.newBuilder(URI.create(address() + path)).build())
                        .body());
    }

    public JsonNode post(String path, String json) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return JSON.readTree(send(request).body());
    }

    public byte[] download(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(address() + path)).build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    /** Sends a zip. */
    public JsonNode upload(String path, byte[] zip) throws IOException, InterruptedException {
        return json(send(HttpRequest.newBuilder(URI.create(address() + path))
                .header("Content-Type", "application/zip")
                .POST(HttpRequest.BodyPublishers.ofByteArray(zip))
                .build()));
    }

    /** Submits a training and waits until it has succeeded. */
    public JsonNode train(String model, String request) throws IOException, InterruptedException {
        return finished(post("/api/v1/models/" + model + "/train", request));
    }

    /** The job in an answer, as soon as it has succeeded. */
    public JsonNode finished(HttpResponse<String> submitted) throws IOException, InterruptedException {
        return finished(json(submitted));
    }

    public JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    private JsonNode finished(JsonNode job) throws IOException, InterruptedException {
        if (job.get("id") == null) {
            throw new AssertionError("not accepted: " + job);
        }
        String path = "/api/v1/jobs/" + job.get("id").asString();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> !get(path).get("state").asString().matches("queued|running"));
        JsonNode finished = get(path);
        if (!finished.get("state").asString().equals("succeeded")) {
            throw new AssertionError("training did not succeed: " + finished);
        }
        return finished;
    }

    /** The numbers 1, 2, 3 and so on. */
    public static double[] ramp(int length) {
        return IntStream.rangeClosed(1, length).asDoubleStream().toArray();
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
