package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Clients that send little for long, and clients that leave. */
@TrialServer
@TestPropertySource(properties = {"foretide.http.body-patience=300ms", "foretide.http.min-body-rate=1MB"})
class SlowBodiesTest {
    private static final String SETTINGS = "{\"forecast\":{\"horizon\":1}}";

    @LocalServerPort
    int port;

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void refusesBodiesThatComeByteByByte() throws Exception {
        String answer = drip(head("/trial/settings", 10_000));

        assertThat(answer).startsWith("HTTP/1.1 408").contains("/problems/slow-body", "foretide.http.body-patience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/trial/json-only?x=1", "/trial/list"})
    void waitsNoLongerForABodyThatItDoesNotRead(String path) throws Exception {
        String answer = drip(head(path, 1_000_000));

        assertThat(answer).startsWith("HTTP/1.1 ").contains("HTTP/1.1");
    }

    @Test
    void doesNotWaitForABodyThatItRefusesThoughTheClientWantsToClose() throws Exception {
        String answer = drip(head("/nowhere", 1_000_000).replace("Host: x", "Host: x\r\nConnection: close"));

        assertThat(answer).startsWith("HTTP/1.1 404").contains("/problems/not-found");
    }

    @Test
    void answersClientsThatHaveSentAllAndEndTheirSide() {
        String answer = new Client(port).rawAndEnd(head("/trial/settings", SETTINGS.length()) + SETTINGS);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("\"horizon\":1");
    }

    @Test
    void answersClientsThatEndTheirSideTooEarly() {
        String answer = new Client(port).rawAndEnd(head("/trial/settings", 100) + SETTINGS);

        assertThat(answer).startsWith("HTTP/1.1 400").contains("/problems/bad-request");
    }

    @Test
    void servesOthersAfterClientsHaveGoneInTheMiddle() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.getOutputStream().write((head("/trial/settings", 100) + "{\"fore").getBytes(UTF_8));
                socket.setSoLinger(true, 0);
            }
        }

        assertThat(new Client(port).postJson("/trial/settings", SETTINGS).status())
                .isEqualTo(200);
    }

    /** Sends the head, then a byte now and then until the service ends the connection; gives what it said. */
    private String drip(String head) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(UTF_8));
            Thread.ofVirtual().start(() -> dripOn(out));
            socket.setSoTimeout(30_000);
            return Client.readAll(socket.getInputStream());
        }
    }

    private static void dripOn(OutputStream out) {
        try {
            while (true) {
                out.write(' ');
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException | InterruptedException ended) {
            // The service has closed the connection, or the test is over.
        }
    }
}
