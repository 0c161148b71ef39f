package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.io.IOException;
import java.net.Socket;
import java.util.Collections;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Many large requests at once take turns instead of all memory. */
@TrialServer
@TestPropertySource(properties = "foretide.http.max-memory=40MB")
class RequestMemoryTest {
    private static final int MEGABYTE = 1 << 20;

    @LocalServerPort
    int port;

    @Autowired
    RequestMemory memory;

    private Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    private static byte[] body(int size) {
        String end = "{\"forecast\":{\"horizon\":1}}";
        return (" ".repeat(size - end.length()) + end).getBytes(UTF_8);
    }

    private Answer post(byte[] body, String... headers) {
        return client.post("/trial/settings", "application/json", body, headers);
    }

    @Test
    void refusesABodyThatThereIsNeverMemoryFor() {
        post(body(5 * MEGABYTE)).isProblem(413, "body-too-large").saying("foretide.http.max-memory", "4194304");
    }

    @Test
    void takesABodyThatThereIsMemoryFor() {
        assertThat(post(body(3 * MEGABYTE)).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatIsTooMuchBesideOthersUntilTheyAreOver() throws IOException {
        byte[] mine = body(2 * MEGABYTE);
        try (Socket other = new Socket("127.0.0.1", port)) {
            sendWithoutEnd(other, 3 * MEGABYTE);

            Answer refused = post(mine).isProblem(503, "overloaded").saying("Try again later");
            assertThat(refused.header("retry-after")).isEqualTo("5");
            assertThat(post(body(1000)).status()).isEqualTo(200);
        }
        await().until(() -> post(mine).status() == 200);
    }

    @Test
    void countsWhatIsInflated() throws IOException {
        byte[] mine = Client.gzip(body(2 * MEGABYTE));
        try (Socket other = new Socket("127.0.0.1", port)) {
            sendWithoutEnd(other, 3 * MEGABYTE);

            assertThat(post(mine, "Content-Encoding", "gzip").status()).isEqualTo(503);
        }
        await().until(() -> post(mine, "Content-Encoding", "gzip").status() == 200);
    }

    @Test
    void givesBackWhatEveryRequestHeld() throws Exception {
        try (var clients = Executors.newFixedThreadPool(16)) {
            // Whoever sends too slowly what was refused finds the connection closed instead of the answer.
            clients.invokeAll(Collections.nCopies(64, () -> post(body(3 * MEGABYTE))));
        }

        assertThat(post(body(3 * MEGABYTE)).status()).isEqualTo(200);
    }

    /** Comes back when the server has read it all; who asks sooner takes memory from this request, and not the other way round. */
    private void sendWithoutEnd(Socket socket, int size) throws IOException {
        socket.getOutputStream()
                .write(("POST /trial/settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(size) + "\r\n"
                                + " ".repeat(size) + "\r\n")
                        .getBytes(UTF_8));
        socket.getOutputStream().flush();
        await().until(() -> memory.held() >= (long) size * RequestMemory.HEAP_OF_A_BYTE);
    }
}
