package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.TrialServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Adapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** A client may go away while it is written to, whatever the threads of its request are doing. */
@TrialServer
@ExtendWith(OutputCaptureExtension.class)
class BrokenStreamTest {
    @LocalServerPort
    int port;

    @Autowired
    Stream stream;

    @Autowired
    ServletWebServerApplicationContext context;

    @Test
    void endsARequestWhoseClientIsGoneBeforeItsThreadIs(CapturedOutput output) throws Exception {
        holdThreadsUntilTheClientIsGone();

        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
            socket.getInputStream().read();
            socket.setSoLinger(true, 0);
        }

        assertThat(stream.ended.await(20, TimeUnit.SECONDS))
                .as("told of the end")
                .isTrue();
        assertThat(stream.failed.await(20, TimeUnit.SECONDS))
                .as("the client was gone first")
                .isTrue();
        assertThat(output).doesNotContain("Exception");
    }

    /** As late as can be: the web server has looked for failures of the request already. */
    private void holdThreadsUntilTheClientIsGone() {
        var server = (TomcatWebServer) context.getWebServer();
        var protocol = (AbstractProtocol<?>) server.getTomcat().getConnector().getProtocolHandler();
        Adapter adapter = protocol.getAdapter();
        protocol.setAdapter((Adapter) Proxy.newProxyInstance(
                Adapter.class.getClassLoader(), new Class<?>[] {Adapter.class}, (_, method, arguments) -> {
                    Object result = method.invoke(adapter, arguments);
                    if (method.getName().equals("service")) {
                        stream.failed.await();
                    }
                    return result;
                }));
    }

    /** Writes in another thread until that fails. */
    static final class Stream extends HttpServlet implements AsyncListener {
        final transient CountDownLatch failed = new CountDownLatch(1);
        final transient CountDownLatch ended = new CountDownLatch(1);

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AsyncContext context = request.startAsync();
            context.addListener(this);
            OutputStream out = response.getOutputStream();
            Thread.ofVirtual().start(() -> write(out));
        }

        private void write(OutputStream out) {
            try {
                while (true) {
                    out.write('x');
                    out.flush();
                }
            } catch (IOException clientGone) {
                failed.countDown();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            ended.countDown();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Streams {
        @Bean
        Stream stream() {
            return new Stream();
        }

        @Bean
        ServletRegistrationBean<Stream> streamAt(Stream stream) {
            var registration = new ServletRegistrationBean<>(stream, "/stream");
            registration.setAsyncSupported(true);
            return registration;
        }
    }
}
