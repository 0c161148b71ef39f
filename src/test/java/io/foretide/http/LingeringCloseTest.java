package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.foretide.http.testing.TrialServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the web server refuses by itself is answered to clients that are still sending. */
@TrialServer
@TestPropertySource(properties = {"server.tomcat.threads.max=4", "server.tomcat.connection-timeout=500ms"})
class LingeringCloseTest {
    private static final String BAD_LINE =
            "POST \\trial\\settings HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n";

    /** Tomcat counts the connection that it waits for. */
    private static final int IDLE = 1;

    @LocalServerPort
    int port;

    @Autowired
    ServletWebServerApplicationContext context;

    @ParameterizedTest
    @ValueSource(
            strings = {
                BAD_LINE,
                "POST /trial/<x> HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n",
                "POST /trial/settings HTTP/9.9\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n",
                "POST /trial/settings HTTP/1.1\r\nBad Header: 1\r\nContent-Length: 4000000\r\n\r\n",
                "POST /trial/settings HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: rot13\r\n\r\n",
                "POST /trial/settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "GARBAGE\r\n\r\n"
            })
    void takesWhatFollowsABrokenHeadAndIsHeardInWhole(String head) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(UTF_8));
            awaitAnswer(socket); // by now a server that closes at once has closed
            for (int i = 0; i < 400; i++) {
                out.write(new byte[10_000]);
            }

            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\r\nConnection: close\r\n");
            assertIsWholeProblem(answer);
        }
    }

    @Test
    void answersMoreClientsThanItHasThreadsThoughNoneOfThemCloses() throws IOException {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                sockets.add(connect());
                sockets.getLast().getOutputStream().write(BAD_LINE.getBytes(UTF_8));
            }

            for (Socket socket : sockets) {
                assertIsWholeProblem(new String(socket.getInputStream().readAllBytes(), UTF_8));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void endsAfterSomeTimeThoughTheClientSendsOn() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(BAD_LINE.getBytes(UTF_8));

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 600; i++) {
                            out.write('x');
                            TimeUnit.MILLISECONDS.sleep(50);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void endsAfterSomeTimeThoughTheClientNeitherSendsNorCloses() throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(BAD_LINE.getBytes(UTF_8));
            assertIsWholeProblem(new String(socket.getInputStream().readAllBytes(), UTF_8));

            await().atMost(Duration.ofSeconds(30)).until(() -> connections() <= IDLE);
        }
    }

    @Test
    void endsAfterManyBytesHoweverFastTheyCome() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(BAD_LINE.getBytes(UTF_8));
            byte[] megabyte = new byte[1 << 20];

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4_000; i++) {
                            out.write(megabyte);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void awaitAnswer(Socket socket) {
        await().until(() -> socket.getInputStream().available() > 0);
    }

    private long connections() {
        var server = (TomcatWebServer) context.getWebServer();
        return ((AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler()).getConnectionCount();
    }

    private static void assertIsWholeProblem(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, end);
        String body = answer.substring(end + 4);
        JsonNode problem = JsonMapper.shared().readTree(body);
        assertThat(head)
                .contains("Content-Type: application/problem+json")
                .contains("Content-Length: " + body.getBytes(UTF_8).length);
        assertThat(problem.path("type").stringValue()).isEqualTo("/problems/bad-request");
        assertThat(problem.path("status").intValue()).isEqualTo(400);
    }
}
