package io.foretide.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

@TrialServer
@ExtendWith(OutputCaptureExtension.class)
class FailuresTest {
    @LocalServerPort
    int port;

    Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/trial",
                "/trial/series/",
                "/api/v1/nothing",
                "/error",
                "/actuator/env",
                "/problems/nothing"
            })
    void answersUnknownPathsWithNotFound(String path) {
        client.get(path).isProblem(404, "not-found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/xml;q=0.5", "*/*", "nonsense", "text/event-stream"})
    void sendsProblemDocumentsWhateverTheClientAccepts(String accept) {
        client.get("/nothing", "Accept", accept).isProblem(404, "not-found");
        client.get("/trial/bug", "Accept", accept);
    }

    @Test
    void namesTheAllowedMethods() {
        Answer answer = client.send("DELETE", "/trial/series");

        answer.isProblem(405, "method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(answer.json().path("allowed").path(0).stringValue()).isEqualTo("POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "CONNECT", "FROBNICATE", "PROPFIND"})
    void refusesUnusualMethods(String method) {
        assertThat(client.raw(method + " /trial/series HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 405")
                .contains("application/problem+json", "/problems/method-not-allowed");
    }

    @Test
    void namesTheFormsThatCanBeAccepted() {
        client.get("/trial/csv", "Accept", "application/json")
                .isProblem(406, "not-acceptable")
                .saying("text/csv");
        client.get("/trial/csv", "Accept", "nonsense").isProblem(406, "not-acceptable");
    }

    @Test
    void namesTheContentTypesThatAreTaken() {
        client.post("/trial/json-only", "text/plain", "x")
                .isProblem(415, "unsupported-media-type")
                .saying("application/json");
        client.post("/trial/json-only", "non sense", "x").isProblem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @CsvSource({
        "/trial/number/1, factor",
        "/trial/number/1?factor=x, factor",
        "/trial/number/x?factor=1, number",
        "/trial/number/99999999999?factor=1, number",
        "/trial/list?limit=x, limit",
        "/trial/list?limit=0, limit",
        "/trial/list?limit=1001, limit",
        "/trial/list?limit=1&limit=2, limit",
        "/trial/list?limt=1, limt",
        "/trial/list?cursor=%21%21, cursor",
        "/trial/list?cursor=_w, cursor"
    })
    void namesTheParameterThatIsWrong(String path, String parameter) {
        client.get(path).isProblem(400, "invalid-parameter").saying(parameter);
    }

    @Test
    void refusesQueryStringsThatCannotBeDecoded() {
        assertThat(client.raw("GET /trial/list?limit=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("/problems/invalid-parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/trial/bug", "/trial/error", "/trial/checked", "/trial/late-bug", "/filter/bug"})
    void hidesWhatNobodyForesawBehindAReferenceThatIsLoggedOnce(String path, CapturedOutput output) {
        Answer answer = client.get(path);

        answer.isProblem(500, "internal-error");
        String reference = answer.json().path("reference").stringValue();
        assertThat(answer.json().path("detail").stringValue()).contains(reference);
        assertThat(output.toString()).containsOnlyOnce(reference).containsOnlyOnce("request failed");
    }

    @Test
    void answersWhatFiltersThrow() {
        client.get("/filter/problem").isProblem(409, "in-use");
    }

    @Test
    void saysWhenToComeBack() {
        Answer answer = client.get("/trial/busy").isProblem(429, "queue-full");

        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.json().path("limit").intValue()).isEqualTo(16);
        assertThat(answer.json().path("instance").stringValue()).isEqualTo("/trial/busy");
    }

    @Test
    void answersRequestsThatTakeTooLong() {
        Answer answer = client.get("/trial/late").isProblem(503, "timed-out");

        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void breaksOffAnswersThatFailHalfWay(CapturedOutput output) {
        String answer = client.raw("GET /trial/half HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer).contains("the first half").doesNotContain("\r\n0\r\n", "problem", "secret");
        assertThat(output.toString()).containsOnlyOnce("request failed");
    }

    @ParameterizedTest
    @CsvSource({"404, not-found", "403, bad-request", "418, bad-request", "500, internal-error", "503, not-ready"})
    void answersStatusesThatTheServerReports(int status, String slug) {
        client.get("/trial/send-error/" + status).isProblem(status, slug);
    }

    @Test
    void answersHeadRequestsWithoutABody() {
        Answer answer = client.send("HEAD", "/nothing");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body()).isEmpty();
    }
}
