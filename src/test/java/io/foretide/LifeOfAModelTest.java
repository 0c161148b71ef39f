package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The README's promise, through the whole service: from real data over a job and a version to forecasts, and a restart. */
class LifeOfAModelTest {
    private static final String CSV = "text/csv";

    @Test
    void realDataBecomeAVersionWhoseForecastsOutliveARestart(@TempDir Path folder) throws Exception {
        List<String> rows = Files.readAllLines(Path.of("examples/air-passengers.csv"));
        String until1959 = String.join("\n", rows.subList(0, 133));
        String predict = "/api/v1/models/air/predict?horizon=18&quantiles=0.9,0.1,0.5&freq=M";

        HttpResponse<String> before;
        try (var service = RunningService.start(folder)) {
            service.finished(post(service, "/api/v1/models/air/train?horizon=12&freq=M&seed=7", until1959));
            before = post(service, predict, until1959);

            JsonNode version = service.get("/api/v1/models/air/versions/1");
            assertThat(version.get("aliases").toString()).contains("champion");
            assertThat(version.at("/measures/windows").asInt()).isEqualTo(1);
            assertThat(version.at("/measures/model/mase").asDouble())
                    .isLessThan(version.at("/measures/seasonal_naive/mase").asDouble());
            assertThat(version.at("/smoothing/multiplicative").asBoolean()).isTrue();

            JsonNode report = service.json(
                    post(service, "/api/v1/models/air/backtest?windows=1&freq=M", String.join("\n", rows)));
            assertThat(report.at("/seen_in_training").asInt()).isZero();
            assertThat(report.at("/overall/model/mase").asDouble())
                    .isLessThan(report.at("/overall/seasonal_naive/mase").asDouble());
        }

        assertThat(before.statusCode()).as(before.body()).isEqualTo(200);
        try (var service = RunningService.start(folder)) {
            assertThat(service.get("/actuator/health/readiness").get("status").asString())
                    .isEqualTo("UP");
            assertThat(metrics(service)).contains("foretide_models_loaded 1.0");

            assertThat(post(service, predict, until1959).body()).isEqualTo(before.body());
        }
    }

    @Test
    void theChampionGivesWayOnlyToABetterVersion(@TempDir Path folder) throws Exception {
        String rows = Files.readString(Path.of("examples/air-passengers.csv"));
        try (var service = RunningService.start(folder)) {
            service.finished(post(service, "/api/v1/models/air/train?horizon=12&freq=M", rows));
            service.finished(
                    post(service, "/api/v1/models/air/train?horizon=12&freq=M&epochs=1&learning_rate=0.000001", rows));

            JsonNode worse = service.get("/api/v1/models/air/versions/2");
            assertThat(worse.at("/promotion/decision").asString()).isEqualTo("not_promoted");
            assertThat(worse.at("/promotion/wql").asDouble())
                    .isGreaterThan(worse.at("/promotion/champion_wql").asDouble());
            assertThat(service.get("/api/v1/models/air").at("/aliases/champion").asInt())
                    .isEqualTo(1);

            service.finished(post(service, "/api/v1/models/air/train?horizon=12&freq=M&epochs=1&promote=always", rows));
            assertThat(service.get("/api/v1/models/air").at("/aliases/champion").asInt())
                    .isEqualTo(3);
        }
    }

    private static String metrics(RunningService service) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + "/actuator/prometheus"))
                        .build())
                .body();
    }

    private static HttpResponse<String> post(RunningService service, String path, String rows) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", CSV)
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rows))
                .build());
    }
}
