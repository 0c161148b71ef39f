package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.storage.FullDisk;
import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a disk without room does to the service, and that it does no more once there is room. */
class StorageFullTest {
    private static final String TRAINING = """
            {"task":"forecast","data":{"series":[{"item_id":"a","start":"2020-01-01","freq":"M","target":%s}]},\
            "forecast":{"horizon":3},"network":{"units":4},"training":{"epochs":2}}""".formatted(Arrays.toString(RunningService.ramp(48)));

    @TempDir
    Path folder;

    @AfterEach
    void makeRoom() {
        FullDisk.makeRoom();
    }

    @Test
    void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
        try (var service = RunningService.start(folder, "foretide.storage.url=" + FullDisk.url(folder))) {
            service.train("before", TRAINING);

            FullDisk.fill();
            HttpResponse<String> refused = submit(service);
            HttpResponse<String> refusedAgain = submit(service);

            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
            assertThat(refused.body()).contains("/problems/storage-full");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(refusedAgain.statusCode()).as(refusedAgain.body()).isIn(503, 507);

            FullDisk.makeRoom();
            await().atMost(Duration.ofSeconds(30)).until(() -> isReady(service));

            assertThat(service.get("/api/v1/jobs").path("items"))
                    .as("what was refused is not there")
                    .hasSize(1);
            assertThat(service.get("/api/v1/models").at("/items/0/name").asString())
                    .isEqualTo("before");
            service.train("after", TRAINING);
        }
    }

    @Test
    void publishesWhatWasTrainedWhileTheDiskWasFull() throws Exception {
        try (var service = RunningService.start(
                folder, "foretide.storage.url=" + FullDisk.url(folder), "foretide.training.heartbeat=200ms")) {
            HttpResponse<String> accepted = submit(service);
            String job = "/api/v1/jobs/" + service.json(accepted).path("id").asString();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> service.get(job).path("attempt").asInt() == 1);

            FullDisk.fill();
            for (int tries = 0; tries < 5; tries++) {
                assertThat(submit(service).statusCode()).isIn(503, 507);
            }
            FullDisk.makeRoom();
            await().atMost(Duration.ofSeconds(30)).until(() -> isReady(service));

            assertThat(service.finished(accepted).path("version").asInt()).isEqualTo(1);
            assertThat(service.get("/api/v1/models/full/versions").path("items"))
                    .hasSize(1);
        }
    }

    private static HttpResponse<String> submit(RunningService service) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/models/full/train"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(TRAINING))
                .build());
    }

    private static boolean isReady(RunningService service) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.address() + "/actuator/health/readiness"));
        return service.send(request.build()).statusCode() == 200;
    }
}
