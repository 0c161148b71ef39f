package io.foretide.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Audits of the whole service. */
class AuditOverHttpTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static HttpResponse<String> audit(String query, String type, String body) throws Exception {
        return service.send(HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/audit" + query))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void tellsEverythingAtOnce() throws Exception {
        HttpResponse<String> answer = audit("", "application/json", """
                {"series": [
                  {"item_id": "a", "freq": "h", "zone": "Europe/Berlin", "timestamps": [
                    "2024-10-27T01:00:00", "2024-10-27T02:00:00", "2024-10-27T02:00:00", "2024-10-27T05:00:00",
                    "2024-10-27T04:00:00", "2024-10-27T04:00:00", "2024-10-27T06:20:00", "2025-03-30T02:30:00"],
                   "target": [1, null, 3, 4, 5, 6, 1e20, 8]},
                  {"item_id": "a", "start": "2024-01-01", "freq": "D", "target": [7, 7], "past": {"temp": [1]}}],
                 "horizon": 30}""");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode report = JSON.readTree(answer.body());
        assertThat(report.get("trainable").asBoolean()).isFalse();
        assertThat(report.get("counts").propertyNames())
                .containsExactlyInAnyOrder(
                        "constant",
                        "covariates",
                        "different_frequency",
                        "duplicate_times",
                        "few_seasons",
                        "gaps",
                        "missing_values",
                        "mixed_frequency",
                        "repeated_item_id",
                        "repeated_local_time",
                        "skipped_local_time",
                        "too_short",
                        "unordered_times");
        assertThat(report.at("/findings/0/outcome").asString()).isEqualTo("refused");
        assertThat(report.at("/findings/0/kind").asString()).isEqualTo("skipped_local_time");
        assertThat(report.at("/findings/0/places/0").toString())
                .isEqualTo("{\"pointer\":\"/series/0/timestamps/7\",\"index\":7,\"time\":\"2025-03-30T02:30:00\"}");
        assertThat(report.at("/findings/0/repair").asString()).isNotBlank();
    }

    @Test
    void takesRowsWithSettingsInTheQuery() throws Exception {
        HttpResponse<String> answer =
                audit("?freq=D&horizon=2", "text/csv", "timestamp,target\n2024-01-02,1\n2024-01-01,2\n");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).at("/counts/unordered_times").asInt())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{}|400|invalid-request",
                "application/json|{\"series\":[]}|400|invalid-request",
                "application/json|{\"series\":[{\"target\":[1,true]}]}|400|invalid-request",
                "application/json|{\"series\":[{\"target\":[1]}],\"horizon\":0}|400|invalid-request",
                "application/json|{\"series\":[{\"target\":[1]}],\"colour\":1}|400|invalid-request",
                "application/json|{|400|malformed-body",
                "text/plain|x|415|unsupported-media-type"
            })
    void refusesWhatIsNoSeries(String type, String body, int status, String problem) throws Exception {
        HttpResponse<String> answer = audit("", type, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("type").asString()).isEqualTo("/problems/" + problem);
    }
}
