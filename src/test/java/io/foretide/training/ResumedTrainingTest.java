package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Answer;
import io.foretide.testing.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A training whose process is killed, and the next one stopped, ends in the version of an uninterrupted one. */
@Timeout(600)
class ResumedTrainingTest {
    /** Of both members together. */
    private static final int EPOCHS = 10;

    private static final double[] TARGET =
            IntStream.range(0, 300).mapToDouble(t -> 100 + t % 12 + t * 7 % 5).toArray();
    private static final Pattern RESUMED = Pattern.compile("training resumed id=\\S+ epoch=(\\d+) batch=\\d+");
    private static final Pattern CHECKPOINTS =
            Pattern.compile("foretide_training_checkpoint_duration_seconds_count\\{outcome=\"success\"} (\\d+)");
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration END = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void goesOnWhereItsProcessWasKilledAndWhereTheNextOneWasStopped() throws Exception {
        String storage = "foretide.storage.path=" + folder;

        String job;
        int killedIn;
        try (var killed = start(storage)) {
            job = train(killed, "air");
            killedIn = awaitProgress(killed, job, 3);
            killed.signal("KILL");
            killed.awaitExit(END);
        }
        int stoppedIn;
        try (var stopped = start(storage)) {
            stoppedIn = awaitProgress(stopped, job, killedIn + 3);
            assertResumed(stopped, killedIn);
            stopped.signal("TERM");
            stopped.awaitExit(END);
        }
        try (var last = start(storage)) {
            assertSameAsUninterrupted(last, job);
            assertResumed(last, stoppedIn);
        }
    }

    @Test
    void goesOnInAnotherProcessOverTheSameDatabase() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            String[] storage = {
                "foretide.storage.url=" + server.getJdbcUrl("postgres", "postgres"),
                "foretide.storage.username=postgres"
            };
            try (var one = start(storage);
                    var two = start(storage);
                    var three = start(storage)) {
                List<ServiceProcess> left = new ArrayList<>(List.of(one, two, three));
                String job = train(one, "air");

                ServiceProcess first = whoever(left, "training started");
                int killedIn = awaitProgress(first, job, 3);
                first.signal("KILL");
                left.remove(first);
                ServiceProcess second = whoever(left, "training resumed");
                int stoppedIn = awaitProgress(second, job, killedIn + 3);
                assertResumed(second, killedIn);
                second.signal("TERM");
                left.remove(second);

                assertSameAsUninterrupted(left.getFirst(), job);
                assertResumed(left.getFirst(), stoppedIn);
            }
        }
    }

    /** The process that logs some words first. */
    private static ServiceProcess whoever(List<ServiceProcess> services, String logs) {
        return await().atMost(PATIENCE)
                .until(
                        () -> services.stream()
                                .filter(service -> service.logged(logs))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static ServiceProcess start(String... storage) {
        String[] properties = {
            "foretide.training.checkpoint-interval=10ms",
            "foretide.training.heartbeat=1s",
            "foretide.training.poll-interval=100ms",
            "foretide.training.report-interval=10ms",
            "foretide.training.shutdown-wait=60s"
        };
        String[] all = Arrays.copyOf(properties, properties.length + storage.length);
        System.arraycopy(storage, 0, all, properties.length, storage.length);
        return ServiceProcess.launch(all).awaitReady();
    }

    private static String train(ServiceProcess service, String model) {
        Object request = Map.of(
                "data", Map.of("series", List.of(Map.of("item_id", "a", "target", TARGET))),
                "forecast", Map.of("horizon", 4),
                "network", Map.of("units", 8, "dropout", 0.2, "members", 2),
                "training", Map.of("epochs", EPOCHS / 2, "batch_size", 64, "patience", EPOCHS, "seed", 5));
        Answer accepted = service.client()
                .postJson(
                        "/api/v1/models/" + model + "/train",
                        JsonMapper.shared().writeValueAsString(request));
        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        return accepted.header("location");
    }

    /** Waits until an epoch has ended and a checkpoint was written after that; gives the epoch. */
    private static int awaitProgress(ServiceProcess service, String job, int epoch) {
        await().atMost(PATIENCE)
                .until(() ->
                        service.client().get(job).json().at("/progress/epoch").asInt() >= epoch);
        int before = checkpoints(service);
        await().atMost(PATIENCE).until(() -> checkpoints(service) > before);
        return epoch;
    }

    private static int checkpoints(ServiceProcess service) {
        return CHECKPOINTS
                .matcher(service.client().get("/actuator/prometheus").body())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .sum();
    }

    private static void assertResumed(ServiceProcess service, int afterEpoch) {
        List<Integer> epochs = service.log().stream()
                .flatMap(line -> RESUMED.matcher(line).results())
                .map(found -> Integer.parseInt(found.group(1)))
                .toList();
        assertThat(epochs).isNotEmpty().allMatch(epoch -> epoch > afterEpoch);
    }

    private static void assertSameAsUninterrupted(ServiceProcess service, String job) {
        JsonNode done = awaitEnd(service, job);
        JsonNode uninterrupted = awaitEnd(service, train(service, "uninterrupted"));

        assertThat(done.get("state").asString()).as("%s", done).isEqualTo("succeeded");
        assertThat(done.get("attempt").asInt())
                .as("the killed one and the last; on a busy machine also one whose heartbeats came too late")
                .isGreaterThanOrEqualTo(2);
        assertThat(uninterrupted.get("attempt").asInt()).isEqualTo(1);
        assertThat(service.client().get("/api/v1/models/air/versions").json().path("items"))
                .hasSize(1);
        JsonNode resumed = service.client().get("/api/v1/models/air/versions/1").json();
        JsonNode whole =
                service.client().get("/api/v1/models/uninterrupted/versions/1").json();
        assertThat(resumed.at("/artifact/sha256").asString())
                .isNotEmpty()
                .isEqualTo(whole.at("/artifact/sha256").asString());
        assertThat(resumed.get("losses")).hasSize(EPOCHS).isEqualTo(whole.get("losses"));
    }

    private static JsonNode awaitEnd(ServiceProcess service, String job) {
        await().atMost(PATIENCE)
                .until(() -> !service.client()
                        .get(job)
                        .json()
                        .path("state")
                        .asString()
                        .matches("queued|running"));
        return service.client().get(job).json();
    }
}
