package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.Client;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** A client that does not read what it asked for. */
@TestPropertySource(
        properties = {"server.tomcat.connection-timeout=2s", "foretide.storage.url=jdbc:h2:mem:slow;DB_CLOSE_DELAY=-1"})
class SlowListenerTest extends TrainingTestBase {
    @LocalServerPort
    int port;

    @Test
    void holdsUpNobodyElseAndLosesItsPlace() {
        String id = submit("long");
        awaitState(id, JobState.SUCCEEDED);
        addEpochs(id, 60_000);
        long sequence = jobs.get(id).sequence();

        try (var slow = EventStream.open(port, id, sequence + ".1.preparing.0");
                var other = EventStream.open(port, id, sequence + ".1.training.59990")) {
            assertThat(other.toEnd()).hasSize(11);
            assertThat(slow.status()).contains("200");
            // Two places there are: that of the slow one is free when both can be taken again.
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (var first = EventStream.open(port, id, sequence + ".1.training.1");
                        var second = EventStream.open(port, id)) {
                    assertThat(first.status()).contains("200");
                    assertThat(second.status()).contains("200");
                }
            });
        }

        assertThat(new Client(port).get("/api/v1/jobs/" + id).status()).isEqualTo(200);
    }
}
