package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Client;
import io.foretide.testing.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Two processes over one database, of which one stalls in the middle of a job. */
@Timeout(300)
class TwoReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String TRAINING = """
            {"data":{"series":[{"item_id":"a","target":[%s]}]},"forecast":{"horizon":4},
             "network":{"units":8},"training":{"epochs":100000,"patience":100000,"max_duration":"PT7S"}}""".formatted(
            IntStream.range(0, 200).mapToObj(t -> String.valueOf(t % 12)).collect(Collectors.joining(",")));

    @Test
    void publishesOnceWhereTheProcessThatTrainsStalls() throws Exception {
        try (var server = EmbeddedPostgres.start();
                var one = launch(server);
                var two = launch(server)) {
            List.of(one, two).forEach(ServiceProcess::awaitReady);
            String id = one.client()
                    .postJson("/api/v1/models/air/train", TRAINING)
                    .json()
                    .path("id")
                    .asString();
            await().atMost(PATIENCE).until(() -> epoch(one.client(), id) > 0);
            ServiceProcess stalled = Stream.of(one, two)
                    .filter(process -> process.logged("training started", id))
                    .findFirst()
                    .orElseThrow();
            ServiceProcess other = stalled == one ? two : one;
            String seen;
            try (var events = EventReader.open(stalled.port(), id)) {
                seen = events.next().id();
                stalled.signal("STOP");
            }

            await().atMost(PATIENCE).until(() -> other.logged("training started", id, "attempt=2"));
            stalled.signal("CONT");

            await().atMost(PATIENCE).until(() -> stalled.logged("claim was gone", id, "attempt=1"));
            try (var events = EventReader.open(other.port(), id, seen)) {
                List<EventReader.Event> told = events.toEnd();
                assertThat(told).extracting(EventReader.Event::id).doesNotHaveDuplicates();
                assertThat(told.getLast().name()).isEqualTo("succeeded");
            }
            assertThat(versions(server)).containsExactly(id);
            for (ServiceProcess process : List.of(one, two)) {
                JsonNode job = process.client().get("/api/v1/jobs/" + id).json();
                assertThat(job.path("attempt").asInt()).isEqualTo(2);
                assertThat(job.path("version").asInt()).isEqualTo(1);
                assertThat(process.client().get("/actuator/health/readiness").status())
                        .isEqualTo(200);
            }
            assertThat(other.logged("training succeeded", id)).isTrue();
            assertThat(stalled.logged("training succeeded", id)).isFalse();
        }
    }

    private static ServiceProcess launch(EmbeddedPostgres server) {
        return ServiceProcess.launch(
                "foretide.storage.url=" + server.getJdbcUrl("postgres", "postgres"),
                "foretide.storage.username=postgres",
                "foretide.training.heartbeat=500ms",
                "foretide.training.poll-interval=200ms",
                "foretide.training.report-interval=200ms");
    }

    private static int epoch(Client client, String id) {
        return client.get("/api/v1/jobs/" + id).json().at("/progress/epoch").asInt();
    }

    /** The jobs that published, as often as they did. */
    private static List<String> versions(EmbeddedPostgres server) {
        return JdbcClient.create(server.getPostgresDatabase())
                .sql("select job_id from model_version")
                .query(String.class)
                .list();
    }
}
