package io.foretide;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A network whose layers Deeplearning4j does not have, through the whole service. */
class LifeOfAGruTest {
    @Test
    void aGruIsTrainedForecastsAndMovesToAnotherModel(@TempDir Path folder) throws Exception {
        String rows = Files.readString(Path.of("examples/air-passengers.csv"));
        String train = "/api/v1/models/air/train?horizon=6&freq=M&cell=gru&layers=2&units=8&dropout=0.1&epochs=3";
        String predict = "/predict?horizon=6&quantiles=0.1,0.5,0.9&freq=M";
        try (var service = RunningService.start(folder)) {
            service.finished(post(service, train, rows));
            service.finished(post(service, train, rows));

            JsonNode first = service.get("/api/v1/models/air/versions/1");
            assertThat(first.at("/settings/network/cell").asString()).isEqualTo("gru");
            assertThat(first.at("/losses/2/train_loss").asDouble())
                    .isLessThan(first.at("/losses/0/train_loss").asDouble());
            assertThat(service.get("/api/v1/models/air/versions/2").at("/artifact/sha256"))
                    .isEqualTo(first.at("/artifact/sha256"));

            byte[] artifact = service.download("/api/v1/models/air/versions/1/artifact");
            JsonNode imported = service.upload("/api/v1/models/other/versions", artifact);
            assertThat(imported.at("/artifact/sha256")).isEqualTo(first.at("/artifact/sha256"));
            JsonNode forecasts = forecasts(service, "/api/v1/models/air:1" + predict, rows);
            assertThat(forecasts.at("/0/mean").size()).isEqualTo(6);
            assertThat(forecasts(service, "/api/v1/models/other:1" + predict, rows))
                    .isEqualTo(forecasts);
        }
    }

    private static JsonNode forecasts(RunningService service, String path, String rows) throws Exception {
        return service.json(post(service, path, rows)).get("forecasts");
    }

    private static HttpResponse<String> post(RunningService service, String path, String rows) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("Content-Type", "text/csv")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(rows))
                .build());
    }
}
