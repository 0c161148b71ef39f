package io.foretide.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Clients go away, or do not, while a request of theirs is worked on. */
@TrialServer
@ExtendWith(OutputCaptureExtension.class)
class ClientWatchTest {
    /** Ends when its client has gone, or never. */
    private static final String ENDLESS = "GET /long?looks=2000000000 HTTP/1.1\r\nHost: x\r\n\r\n";

    @LocalServerPort
    int port;

    @Autowired
    LongWork work;

    @BeforeEach
    void nobodyWorks() {
        work.begun.drainPermits();
        work.ends.clear();
    }

    /** As {@link #ENDLESS}, with an end; the connection closes behind it. */
    private static String request(int looks) {
        return "GET /long?looks=" + looks + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    private static String keptAlive(int looks) {
        return request(looks).replace("Connection: close\r\n", "");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatClosesItsConnectionOrResetsItHasGone(boolean resets, CapturedOutput output) throws Exception {
        try (Socket socket = begin(ENDLESS)) {
            socket.setSoLinger(resets, 0);
        }

        assertThat(end()).isEqualTo("gone");
        assertThat(output).doesNotContain("Exception");
    }

    @Test
    void aClientThatWaitsIsThere() throws Exception {
        try (Socket socket = begin(request(500))) {
            assertThat(Client.readAll(socket.getInputStream()))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("100 Continue");
        }

        assertThat(end()).isEqualTo("there");
    }

    @Test
    void aClientThatEndsItsOwnSideAndWaitsIsThere() throws Exception {
        try (Socket socket = begin(request(800))) {
            socket.shutdownOutput();
            assertThat(Client.readAll(socket.getInputStream()))
                    .startsWith("HTTP/1.1 100 Continue\r\n\r\n")
                    .contains("HTTP/1.1 200");
        }

        assertThat(end()).isEqualTo("there");
    }

    @Test
    void whatAClientSendsMeanwhileIsItsNextRequest() throws Exception {
        try (Socket socket = begin(keptAlive(200))) {
            socket.getOutputStream().write(request(1).getBytes(US_ASCII));
            String answers = Client.readAll(socket.getInputStream());

            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void theNextRequestOfAConnectionIsWatchedOver() throws Exception {
        try (Socket socket = begin(keptAlive(1))) {
            assertThat(end()).isEqualTo("there");
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            socket.getOutputStream().write(ENDLESS.getBytes(US_ASCII));
            awaitBegin();
        }

        assertThat(end()).isEqualTo("gone");
    }

    @Test
    void aRequestThatWasSentBehindAnotherOneIsWatchedOver() throws Exception {
        try (Socket _ = begin(keptAlive(1) + ENDLESS)) {
            assertThat(end()).isEqualTo("there");
            awaitBegin();
        }

        assertThat(end()).isEqualTo("gone");
    }

    private void awaitBegin() throws InterruptedException {
        assertThat(work.begun.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    private @Nullable String end() throws InterruptedException {
        return work.ends.poll(20, TimeUnit.SECONDS);
    }

    private Socket begin(String request) throws IOException, InterruptedException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        awaitBegin();
        return socket;
    }

    /** Looks each millisecond for its client. */
    static final class LongWork extends HttpServlet {
        final transient Semaphore begun = new Semaphore(0);
        final transient LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            begun.release();
            String end = "there";
            try {
                for (int looks = Integer.parseInt(request.getParameter("looks")); looks > 0; looks--) {
                    TimeUnit.MILLISECONDS.sleep(1);
                    if (ClientWatch.hasGone(request)) {
                        end = "gone";
                        break;
                    }
                }
                response.getOutputStream().print("done");
                response.flushBuffer();
            } catch (InterruptedException e) {
                throw new IOException(e);
            } finally {
                ends.add(end);
            }
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Works {
        @Bean
        LongWork longWork() {
            return new LongWork();
        }

        @Bean
        ServletRegistrationBean<LongWork> longWorkAt(LongWork work) {
            return new ServletRegistrationBean<>(work, "/long");
        }
    }
}
