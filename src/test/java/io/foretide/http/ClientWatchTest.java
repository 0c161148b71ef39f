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
    private static final String REQUEST = "GET /long HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LAST = "GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    @LocalServerPort
    int port;

    @Autowired
    LongWork work;

    @BeforeEach
    void nobodyWorks() {
        work.begun.drainPermits();
        work.ends.clear();
        work.lookings = Integer.MAX_VALUE;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0})
    void aClientThatClosesItsConnectionOrResetsItHasGone(int linger, CapturedOutput output) throws Exception {
        try (Socket socket = begin(REQUEST)) {
            socket.setSoLinger(linger == 0, 0);
        }

        assertThat(work.ends.poll(20, TimeUnit.SECONDS)).isEqualTo("gone");
        assertThat(output).doesNotContain("Exception");
    }

    @Test
    void aClientThatWaitsIsThere() throws Exception {
        work.lookings = 500;

        try (Socket socket = begin(LAST)) {
            assertThat(Client.readAll(socket.getInputStream()))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("100 Continue");
        }

        assertThat(work.ends.take()).isEqualTo("there");
    }

    @Test
    void aClientThatEndsItsOwnSideAndWaitsIsThere() throws Exception {
        work.lookings = 800;

        try (Socket socket = begin(REQUEST)) {
            socket.shutdownOutput();
            assertThat(Client.readAll(socket.getInputStream()))
                    .startsWith("HTTP/1.1 100 Continue\r\n\r\n")
                    .contains("HTTP/1.1 200");
        }

        assertThat(work.ends.take()).isEqualTo("there");
    }

    @Test
    void whatAClientSendsMeanwhileIsItsNextRequest() throws Exception {
        work.lookings = 200;

        try (Socket socket = begin(REQUEST)) {
            socket.getOutputStream().write(LAST.getBytes(US_ASCII));
            String answers = Client.readAll(socket.getInputStream());

            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void theNextRequestOfAConnectionIsWatchedOver() throws Exception {
        work.lookings = 1;
        try (Socket socket = begin(REQUEST)) {
            assertThat(work.ends.take()).isEqualTo("there");
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            work.lookings = Integer.MAX_VALUE;

            socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
            work.begun.acquire();
        }

        assertThat(work.ends.poll(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }

    @Test
    void aRequestThatWasSentBehindAnotherOneIsWatchedOver() throws Exception {
        work.lookings = 300;
        try (Socket socket = begin(REQUEST + REQUEST)) {
            assertThat(work.ends.take()).isEqualTo("there");
            work.lookings = Integer.MAX_VALUE;
            work.begun.acquire();
        }

        assertThat(work.ends.poll(20, TimeUnit.SECONDS)).isEqualTo("gone");
    }

    private Socket begin(String request) throws IOException, InterruptedException {
        var socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        work.begun.acquire();
        return socket;
    }

    /** Looks each millisecond for its client. */
    static final class LongWork extends HttpServlet {
        final transient Semaphore begun = new Semaphore(0);
        final transient LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();
        volatile int lookings;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            begun.release();
            boolean gone = false;
            try {
                for (int i = 0; i < lookings && !gone; i++) {
                    TimeUnit.MILLISECONDS.sleep(1);
                    gone = ClientWatch.hasGone(request);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            ends.add(gone ? "gone" : "there");
            response.getOutputStream().print("done");
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
