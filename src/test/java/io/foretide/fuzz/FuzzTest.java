package io.foretide.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.testing.RunningService;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever is sent, the answer is a good one or a problem document, and nothing breaks. */
class FuzzTest {
    private static final int REQUESTS = 250;

    private static RunningService service;
    private static World world;
    private static int port;

    private final Tally tally = new Tally();

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(
                "server.tomcat.connection-timeout=5s", "foretide.training.queue-capacity=4", "logging.level.root=warn");
        port = URI.create(service.address()).getPort();
        world = new World(port);
        world.restore();
    }

    @AfterAll
    static void stop() {
        world.close();
        service.close();
    }

    @Test
    void everyOperationOfTheDocumentSucceedsWithAValidRequest() throws Exception {
        List<String> refused = campaign().fireValid();

        assertThat(refused).isEmpty();
        assertThat(tally.neverSucceeded()).isEmpty();
        assertThat(tally.flaws()).isEmpty();
    }

    @Test
    void badRequestsAreAnsweredWithProblemsAndNothingElse() throws Exception {
        campaign().fire(1, 1 + REQUESTS, 4);

        assertThat(tally.requests()).isEqualTo(REQUESTS);
        assertThat(tally.flaws()).isEmpty();
    }

    @Test
    void aRequestFollowsFromItsSeed() {
        Fuzzer fuzzer = new Fuzzer(world);

        for (long seed = 1; seed < 50; seed++) {
            Shot shot = fuzzer.shot(seed);
            if (!shot.operation().path().endsWith("/cancel")) { // which needs a new job each time
                assertThat(fuzzer.shot(seed).bytes()).isEqualTo(shot.bytes());
            }
        }
    }

    private Campaign campaign() {
        return new Campaign(new Fuzzer(world), world, new Wire(port), tally);
    }
}
