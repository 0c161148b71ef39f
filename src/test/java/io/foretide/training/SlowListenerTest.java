package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Stream;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** A client that does not read what it asked for. */
@TestPropertySource(
        properties = {"server.tomcat.connection-timeout=2s", "foretide.storage.url=jdbc:h2:mem:slow;DB_CLOSE_DELAY=-1"})
class SlowListenerTest extends TrainingTestBase {
    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext server;

    @Test
    void holdsUpNobodyElseAndLosesItsPlace() {
        String id = submit("long");
        awaitState(id, JobState.SUCCEEDED);
        addEpochs(id, 60_000);
        long sequence = jobs.get(id).sequence();

        try (var slow = EventReader.open(port, id, sequence + ".1.preparing.0");
                var other = EventReader.open(port, id, sequence + ".1.training.59990")) {
            assertThat(other.toEnd()).hasSize(11);
            assertThat(slow.status()).contains("200");
            // Two places there are: that of the slow one is free when both can be taken again.
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (var first = EventReader.open(port, id, sequence + ".1.training.1");
                        var second = EventReader.open(port, id)) {
                    assertThat(first.status()).contains("200");
                    assertThat(second.status()).contains("200");
                }
            });
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(requestsInProgress()).isZero());
    }

    private long requestsInProgress() {
        var tomcat = ((TomcatWebServer) server.getWebServer()).getTomcat();
        return Stream.of(tomcat.getHost().findChildren())
                .mapToLong(context -> ((StandardContext) context).getInProgressAsyncCount())
                .sum();
    }
}
