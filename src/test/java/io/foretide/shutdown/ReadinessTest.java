package io.foretide.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Client;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

/** Whether the service calls itself ready too early: champions are loaded by a runner, as the one here is. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "foretide.storage.url=jdbc:h2:mem:readiness;DB_CLOSE_DELAY=-1")
class ReadinessTest {
    @LocalServerPort
    int port;

    @Autowired
    AskingRunner asked;

    @TestConfiguration
    static class AskingRunner implements ApplicationRunner {
        private final Environment environment;
        private int whileStarting;

        AskingRunner(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void run(ApplicationArguments arguments) {
            int port = environment.getRequiredProperty("local.server.port", Integer.class);
            whileStarting = new Client(port).get("/actuator/health/readiness").status();
        }
    }

    @Test
    void isNotReadyBeforeChampionsAreLoaded() {
        assertThat(asked.whileStarting).isEqualTo(503);
        assertThat(new Client(port).get("/actuator/health/readiness").status()).isEqualTo(200);
    }
}
