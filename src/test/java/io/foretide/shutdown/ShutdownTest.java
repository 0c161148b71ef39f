package io.foretide.shutdown;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Answer;
import io.foretide.http.testing.Client;
import io.foretide.storage.TestDatabase;
import io.foretide.testing.ServiceProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service does with all that is in progress when it is told to end. */
@Timeout(240)
class ShutdownTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TRAINING = """
            {"data":{"series":[{"item_id":"a","target":[%s]}]},"forecast":{"horizon":4},
             "network":{"units":8},"training":{"epochs":100000,"patience":100000,"max_duration":"PT3M"}}""".formatted(
            IntStream.range(0, 200).mapToObj(t -> String.valueOf(t % 12)).collect(Collectors.joining(",")));

    @TempDir
    Path folder;

    @Test
    void finishesWhatIsInProgressAndHandsTheTrainingBack() throws Exception {
        try (var service = ServiceProcess.launch("foretide.storage.path=" + folder, "foretide.shutdown.delay=3s");
                var upload = new Connection(service.awaitReady().port());
                var kept = new Connection(service.port())) {
            Client client = service.client();
            String running = client.postJson("/api/v1/models/air/train", TRAINING)
                    .json()
                    .path("id")
                    .asString();
            await().atMost(PATIENCE)
                    .until(() -> client.get("/api/v1/jobs/" + running)
                                    .json()
                                    .at("/progress/epoch")
                                    .asInt()
                            > 0);
            String head = "POST /api/v1/models/slow/train HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(TRAINING.length());
            upload.send(head + TRAINING.substring(0, TRAINING.length() / 2));
            kept.send("GET /problems/not-ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(kept.line()).isEqualTo("HTTP/1.1 200 ");
            try (var events = new Connection(service.port())) {
                events.send("GET /api/v1/jobs/" + running + "/events HTTP/1.0\r\n\r\n");
                service.signal("TERM");

                await().atMost(PATIENCE)
                        .until(() -> client.get("/actuator/health/readiness").status() == 503);
                Answer served = client.get("/api/v1/jobs/" + running);
                assertThat(served.status()).as("while balancers learn of it").isEqualTo(200);
                assertThat(served.header("Connection")).isEqualTo("close");
                assertThat(events.toEnd()).contains("id:1.2.waiting.0").endsWith("\n\n");
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
                            .isThrownBy(() -> new Socket("127.0.0.1", service.port()).close()));
            kept.send("GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(kept.toEnd()).as("closed, not half answered").doesNotContain("HTTP/1.1");
            upload.send(TRAINING.substring(TRAINING.length() / 2));

            assertThat(upload.toEnd()).startsWith("HTTP/1.1 202");
            assertThat(service.awaitExit(PATIENCE)).isEqualTo(143);
        }
        try (var database = TestDatabase.inFolder(folder)) {
            assertThat(database.client()
                            .sql("select model, state, attempt from training_job order by model")
                            .query()
                            .listOfRows())
                    .extracting(Object::toString)
                    .containsExactly("{model=air, state=queued, attempt=0}", "{model=slow, state=queued, attempt=0}");
        }
    }

    /** What goes over one connection, byte by byte. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;

        Connection(int port) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout((int) PATIENCE.toMillis());
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(US_ASCII));
        }

        String line() throws IOException {
            var line = new StringBuilder();
            for (int next = socket.getInputStream().read();
                    next != '\r';
                    next = socket.getInputStream().read()) {
                line.append((char) next);
            }
            return line.toString();
        }

        String toEnd() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
