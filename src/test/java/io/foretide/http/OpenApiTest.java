package io.foretide.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@TrialServer
class OpenApiTest {
    @LocalServerPort
    int port;

    @Test
    void describesTheServiceInTheSpellingOfTheWire() {
        JsonNode document = new Client(port).get("/v3/api-docs").json();

        assertThat(document.path("openapi").stringValue()).startsWith("3.1");
        assertThat(document.at("/info/title").stringValue()).isEqualTo("Foretide");
        assertThat(document.at("/info/license/identifier").stringValue()).isEqualTo("Apache-2.0");
        assertThat(document.at("/components/schemas/Forecast/properties").propertyNames())
                .contains("season_length");
        assertThat(document.at("/components/schemas/PageInteger/properties").propertyNames())
                .containsExactlyInAnyOrder("items", "next_cursor");
        assertThat(document.at(
                                "/paths/~1trial~1list/get/responses/default/content/application~1problem+json/schema/$ref")
                        .stringValue())
                .isEqualTo("#/components/schemas/Problem");
        assertThat(document.path("paths").propertyNames()).doesNotContain("/problems");
    }

    @Test
    void describesTheSettingsThatTravelInTheQuery() {
        JsonNode parameters = new Client(port).get("/v3/api-docs").json().at("/paths/~1trial~1series/post/parameters");

        assertThat(parameters
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString()))
                .containsExactly(
                        "description",
                        "verbose",
                        "horizon",
                        "quantiles",
                        "season_length",
                        "cell",
                        "learning_rate",
                        "seed",
                        "max_duration",
                        "stages",
                        "freq",
                        "zone");
        assertThat(parameters.path(4).path("schema").toString())
                .contains("\"integer\"", "\"minimum\":1", "\"maximum\":1024");
        assertThat(parameters.path(5).path("schema").path("enum").toString()).isEqualTo("[\"rnn\",\"lstm\"]");
    }

    @Test
    void servesThePageToTryItOut() {
        Answer page = new Client(port).get("/swagger-ui.html");

        assertThat(page.status()).isEqualTo(302);
        assertThat(new Client(port).get(page.header("Location")).body()).contains("swagger-ui");
    }

    @Test
    void servesHealthAndMetricsAndNothingElseOfTheInside() {
        Client client = new Client(port);

        assertThat(client.get("/actuator/health/liveness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(client.get("/actuator/health/readiness").body()).isEqualTo("{\"status\":\"UP\"}");
        assertThat(client.get("/actuator/prometheus").status()).isEqualTo(200);
        client.get("/actuator/beans").isProblem(404, "not-found");
        client.get("/actuator/health/nowhere").isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", " , "})
    void takesAnAcceptThatListsNothingForNone(String accept) {
        String answer = new Client(port)
                .raw("GET /actuator/prometheus HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: " + accept
                        + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200");
    }
}
