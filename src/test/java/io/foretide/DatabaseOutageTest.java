package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.testing.RunningService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service does while its PostgreSQL is gone, and that it needs nobody when it is back. */
class DatabaseOutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String TRAINING = """
            {"task":"forecast","data":{"series":[{"item_id":"a","start":"2020-01-01","freq":"M","target":%s}]},\
            "forecast":{"horizon":3},"network":{"units":4},"training":{"epochs":2}}""".formatted(Arrays.toString(RunningService.ramp(48)));

    @TempDir
    Path folder;

    @Test
    void saysSoMeanwhileAndGoesOnByItself() throws Exception {
        EmbeddedPostgres server = start(0);
        int port = server.getPort();
        try (var service = RunningService.start(
                folder,
                "foretide.storage.url=" + server.getJdbcUrl("postgres", "postgres"),
                "foretide.storage.username=postgres",
                "foretide.training.heartbeat=500ms",
                "spring.datasource.hikari.connection-timeout=500",
                "spring.datasource.hikari.validation-timeout=250")) {
            HttpResponse<String> accepted = post(service, "/api/v1/models/outage/train");
            await().atMost(PATIENCE)
                    .until(() ->
                            service.get("/api/v1/jobs").at("/items/0/attempt").asInt() == 1);

            server.close();
            HttpResponse<String> refused = get(service, "/api/v1/models");

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.body()).contains("/problems/database-unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(get(service, "/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(get(service, "/actuator/health/liveness").statusCode()).isEqualTo(200);

            server = start(port);
            await().atMost(PATIENCE)
                    .until(() -> get(service, "/actuator/health/readiness").statusCode() == 200);

            assertThat(service.finished(accepted).path("version").asInt()).isEqualTo(1);
        } finally {
            server.close();
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("server"))
                .setCleanDataDirectory(false)
                .setServerConfig("synchronous_commit", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static HttpResponse<String> post(RunningService service, String path) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(TRAINING))
                .build());
    }

    private static HttpResponse<String> get(RunningService service, String path) throws Exception {
        return service.send(
                HttpRequest.newBuilder(URI.create(service.address() + path)).build());
    }
}
