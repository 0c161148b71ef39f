package io.foretide.streaming;

import io.foretide.testing.Node;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The client in JavaScript over a real WebSocket. */
@StreamServer
class JavaScriptClientTest {
    @LocalServerPort
    int port;

    @Test
    void speaksToTheService() {
        Node.passes("service.test.js", Map.of("FORETIDE_URL", "ws://127.0.0.1:" + port + "/api/v1/stream"));
    }
}
