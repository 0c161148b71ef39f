package io.foretide.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@TrialServer
@TestPropertySource(properties = "server.tomcat.connection-timeout=1s")
class MalformedHttpTest {
    private static final String CHUNKED =
            "POST /trial/series HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

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
                "GET /trial/list?q=[x] HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/<x> HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/../../x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /trial/list HTTP/1.1\r\n\r\n",
                "GET /trial/list HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /trial/list HTTP/1.1\r\nHost: x\r\nBad Header: 1\r\n\r\n",
                "POST /trial/series HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /trial/series HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
                "POST /trial/series HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GARBAGE\r\n\r\n"
            })
    void answersWhatIsNoHttpWithAProblemAndNoPage(String request) {
        String answer = client.raw(request);

        assertIsProblem(answer, "400", "bad-request");
    }

    @Test
    void refusesHeadersThatAreTooLarge() {
        String answer =
                client.raw("GET /trial/list HTTP/1.1\r\nHost: x\r\nX-Large: " + "x".repeat(100_000) + "\r\n\r\n");

        assertIsProblem(answer, "4", "bad-request");
    }

    @Test
    void blamesTheClientForUnknownVersionsAndTransferEncodings() {
        assertIsProblem(client.raw("GET / HTTP/9.9\r\nHost: x\r\n\r\n"), "400", "bad-request");
        assertIsProblem(
                client.raw("POST /trial/series HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rot13\r\n\r\n"),
                "400",
                "bad-request");
    }

    @Test
    void answersWithAStatusAlsoAfterAnAnswerWithout() {
        for (int i = 0; i < 5; i++) {
            String ancient = client.raw("GET /trial/list\r\n"); // HTTP/0.9, whose answers are bodies alone

            assertThat(ancient).startsWith("{");
            assertIsProblem(client.raw("GET \\ HTTP/1.1\r\nHost: x\r\n\r\n"), "400", "bad-request");
        }
    }

    @Test
    void isNoProxy() {
        String answer = client.raw("CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\nConnection: close\r\n\r\n");

        assertIsProblem(answer, "405", "method-not-allowed");
        assertThat(answer).contains("\r\nAllow: GET, HEAD, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\nabc\r\n0\r\n\r\n", "5\r\n{\"series\r\n0\r\n\r\n", "fffffffffff\r\nx"})
    void refusesMalformedChunks(String chunks) {
        assertIsProblem(client.raw(CHUNKED + chunks), "400", "bad-request");
    }

    @Test
    void refusesBodiesThatStopArriving() {
        String answer = client.raw(
                "POST /trial/series HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"series\":");

        assertIsProblem(answer, "408", "slow-body");
    }

    private static void assertIsProblem(String answer, String status, String slug) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("Content-Type: application/problem+json", "/problems/" + slug)
                .doesNotContain("<html", "Exception", "Tomcat", "org.apache", "\r\nServer:");
    }
}
