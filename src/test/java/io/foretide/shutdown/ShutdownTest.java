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
             "network":{"units":8},"training":{"epochs":10000,"patience":10000,"max_duration":"PT3M"}}""".formatted(
            IntStream.range(0, 200).mapToObj(t -> String.valueOf(t % 12)).collect(Collectors.joining(",")));

    @TempDir
    Path folder;

    @Test
    void finishesWhatIsInProgressAndHandsTheTrainingBack() throws Exception {
        try (var service = ServiceProcess.launch("foretide.storage.path=" + folder, "foretide.shutdown.delay=3s");
                var upload = new SlowRequest(service.awaitReady().port(), "/api/v1/models/slow/train", TRAINING)) {
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
            upload.sendHalf();
            try (var events = new Following(service.port(), running)) {
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
            upload.sendRest();

            assertThat(upload.answer()).startsWith("HTTP/1.1 202");
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

    /** A request whose body comes in two pieces. */
    private static final class SlowRequest implements AutoCloseable {
        private final Socket socket;
        private final byte[] bytes;
        private final int half;

        SlowRequest(int port, String path, String body) throws IOException {
            socket = new Socket("127.0.0.1", port);
            String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n";
            bytes = (head + body).getBytes(US_ASCII);
            half = head.length() + body.length() / 2;
        }

        void sendHalf() throws IOException {
            socket.getOutputStream().write(bytes, 0, half);
        }

        void sendRest() throws IOException {
            socket.getOutputStream().write(bytes, half, bytes.length - half);
        }

        String answer() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A client that follows a job until the server ends the stream. */
    private static final class Following implements AutoCloseable {
        private final Socket socket;

        Following(int port, String job) throws IOException {
            socket = new Socket("127.0.0.1", port);
            socket.getOutputStream().write(("GET /api/v1/jobs/" + job + "/events HTTP/1.0\r\n\r\n").getBytes(US_ASCII));
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
