package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.http.server.ServletServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/** Where a WebSocket begins. */
@RestController
final class StreamController {
    static final String PROTOCOL = "foretide.v1";

    private static final String PROTOCOLS_ASKED = "Sec-WebSocket-Protocol";

    private final Connections connections;
    private final DefaultHandshakeHandler handshakes = new DefaultHandshakeHandler();

    StreamController(Connections connections) {
        this.connections = connections;
        handshakes.setSupportedProtocols(PROTOCOL);
    }

    @GetMapping("/api/v1/stream")
    @Hidden // it is no operation over HTTP: docs/asyncapi.yaml describes it
    void stream(HttpServletRequest request, HttpServletResponse response) {
        requireUpgrade(request);
        requireProtocol(request);
        connections.requireOpen();
        handshakes.doHandshake(
                new ServletServerHttpRequest(new Uncompressed(request)),
                new ServletServerHttpResponse(response),
                new StreamHandler(connections),
                new HashMap<>());
    }

    private static void requireUpgrade(HttpServletRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new ProblemException(
                    ProblemType.BAD_REQUEST,
                    "This is the address of a WebSocket, and the request does not ask for one. Connect with a WebSocket client, or use /api/v1/sessions over HTTP.");
        }
    }

    private static void requireProtocol(HttpServletRequest request) {
        List<String> asked = Collections.list(request.getHeaders(PROTOCOLS_ASKED)).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
        if (!asked.isEmpty() && !asked.contains(PROTOCOL)) {
            throw new ProblemException(
                            ProblemType.UNSUPPORTED_PROTOCOL,
                            "None of the sub-protocols %s is known here. Ask for %s, or for none."
                                    .formatted(asked, PROTOCOL))
                    .with("supported", List.of(PROTOCOL));
        }
    }

    /** Compression costs each connection more memory than all its sessions, and each message more than its forecast. */
    private static final class Uncompressed extends HttpServletRequestWrapper {
        private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

        Uncompressed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return EXTENSIONS.equalsIgnoreCase(name) ? null : super.getHeader(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            return EXTENSIONS.equalsIgnoreCase(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
        }
    }
}
