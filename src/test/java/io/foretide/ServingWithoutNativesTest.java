package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.testing.RunningService;
import io.foretide.testing.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a service still does where the libraries are not that only trainings and exports need. */
class ServingWithoutNativesTest {
    private static final List<String> NATIVES = List.of("nd4j-native", "bytedeco");
    private static final List<String> ALL_OF_DEEPLEARNING4J = List.of("nd4j", "bytedeco", "deeplearning4j");
    private static final String SERIES =
            "{\"item_id\":\"a\",\"target\":[3,5,8,null,7,4,6,9,8,5,7,10,11,8,9,12,14,10,12,15,16,13,14,18]}";
    private static final String TRAINING =
            "{\"data\":{\"series\":[" + SERIES + "]},\"forecast\":{\"horizon\":3},\"training\":{\"epochs\":2}}";
    private static final String PREDICTION = "{\"series\":[" + SERIES + "],\"horizon\":7}";

    /** Has a service with all libraries train a model, and gives its forecast. */
    private static JsonNode publish(Path folder) throws Exception {
        try (var service = RunningService.start(folder)) {
            service.train("air", TRAINING);
            return service.post("/api/v1/models/air/predict", PREDICTION);
        }
    }

    private static ServiceProcess serve(Path folder, List<String> without) {
        return ServiceProcess.launchWithout(without, "foretide.storage.path=" + folder.resolve("foretide"))
                .awaitReady();
    }

    @Test
    void forecastsTheSameToTheBitWithoutAnythingOfDeeplearning4j(@TempDir Path folder) throws Exception {
        JsonNode withAll = publish(folder);

        try (var service = serve(folder, ALL_OF_DEEPLEARNING4J)) {
            Client client = service.client();
            Answer without = client.postJson("/api/v1/models/air/predict", PREDICTION);

            assertThat(without.status()).as(without.body()).isEqualTo(200);
            assertThat(without.json()).isEqualTo(withAll);
            assertThat(client.get("/actuator/health/readiness").status()).isEqualTo(200);
            assertThat(client.get("/actuator/prometheus").body())
                    .contains("foretide_models_loaded 1.0", "foretide_native_memory_bytes 0.0");
            Answer export = client.get("/api/v1/models/air/versions/1/artifact?format=dl4j");
            assertThat(export.status()).as(export.body()).isEqualTo(503);
            assertThat(export.json().at("/type").stringValue()).isEqualTo("/problems/natives-missing");
        }
    }

    @Test
    void failsATrainingWithoutNativesAndServesOn(@TempDir Path folder) throws Exception {
        JsonNode before = publish(folder);

        try (var service = serve(folder, NATIVES)) {
            Client client = service.client();
            for (int time = 1; time <= 2; time++) { // a class that failed to load fails in another way from then on
                JsonNode job = ended(client, client.postJson("/api/v1/models/air/train", TRAINING));

                assertThat(job.at("/state").stringValue()).isEqualTo("failed");
                assertThat(job.at("/error/type").stringValue()).isEqualTo("/problems/natives-missing");
            }
            assertThat(service.logged("native libraries not loaded")).isTrue();
            assertThat(client.postJson("/api/v1/models/air/predict", PREDICTION).json())
                    .isEqualTo(before);
        }
    }

    @Test
    void failsATrainingWithoutAnythingOfDeeplearning4jInTheSameWay(@TempDir Path folder) {
        try (var service = serve(folder, ALL_OF_DEEPLEARNING4J)) {
            Client client = service.client();

            JsonNode job = ended(client, client.postJson("/api/v1/models/air/train", TRAINING));

            assertThat(job.at("/error/type").stringValue()).as(job.toString()).isEqualTo("/problems/natives-missing");
        }
    }

    private static JsonNode ended(Client client, Answer submitted) {
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(202);
        String job = "/api/v1/jobs/" + submitted.json().get("id").stringValue();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !client.get(job).json().get("state").stringValue().matches("queued|running"));
        return client.get(job).json();
    }
}
