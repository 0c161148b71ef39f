package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The README's promise, through the whole service: from real data over a job and a version to forecasts, and a restart. */
class LifeOfAModelTest {
    private static final String CSV = "text/csv";
    private static final int SERIES = 6;

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
            assertThat(version.at("/smoothing/season_lengths/0").asInt()).isEqualTo(12);
            assertThat(version.at("/network_share").asDouble()).isBetween(0.0, 1.0);

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
        String untrained = "&epochs=1&learning_rate=0.000001";
        try (var service = RunningService.start(folder)) {
            train(service, untrained);
            train(service, "&learning_rate=0.02");
            train(service, untrained + "&seed=8");

            JsonNode better = service.get("/api/v1/models/waves/versions/2");
            assertThat(better.at("/promotion/decision").asString()).isEqualTo("promoted");
            assertThat(better.at("/promotion/windows").asInt()).isEqualTo(SERIES);
            assertThat(better.at("/promotion/wql").asDouble())
                    .isLessThan(better.at("/promotion/champion_wql").asDouble());
            JsonNode worse = service.get("/api/v1/models/waves/versions/3");
            assertThat(worse.at("/promotion/decision").asString()).isEqualTo("not_promoted");
            assertThat(worse.at("/promotion/wql").asDouble())
                    .isGreaterThan(worse.at("/promotion/champion_wql").asDouble());
            assertThat(champion(service)).isEqualTo(2);

            train(service, untrained + "&seed=9&promote=always");
            assertThat(champion(service)).isEqualTo(4);
        }
    }

    private static void train(RunningService service, String settings) throws Exception {
        String path = "/api/v1/models/waves/train?horizon=5&freq=D&season_length=1";
        service.finished(post(service, path + settings, waves()));
    }

    private static int champion(RunningService service) throws Exception {
        return service.get("/api/v1/models/waves").at("/aliases/champion").asInt();
    }

    /**
     * Rises from 100 to 180 and falls back, every five days. A level knows nothing of that and a network everything, so
     * that one which was trained is better by far.
     */
    private static String waves() {
        var rows = new StringBuilder("item_id,timestamp,target\n");
        for (int series = 0; series < SERIES; series++) {
            for (int day = 0; day < 60; day++) {
                rows.append("wave-%d,%s,%d%n"
                        .formatted(series, LocalDate.of(2024, 1, 1).plusDays(day), 100 + (series + day) % 5 * 20));
            }
        }
        return rows.toString();
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
