package io.foretide.streaming;

import io.foretide.ForetideApplication;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;

/** The service, with bare handlers beside it that answer each message with one of a given size, or with many. */
@Configuration
public class BenchServer {
    private static final int FRAME = 1 << 21;

    public static void main(String[] arguments) {
        new SpringApplication(ForetideApplication.class, BenchServer.class).run(arguments);
    }

    /** At {@code /echo/N}: N characters for each message. At {@code /frames/N}: as many times N characters as the message says. */
    @Bean
    HandlerMapping bare() {
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/echo/*", new WebSocketHttpRequestHandler(new Echo()),
                        "/frames/*", new WebSocketHttpRequestHandler(new Frames())),
                -1);
    }

    private static class Echo extends TextWebSocketHandler {
        @Override
        public void afterConnectionEstablished(WebSocketSession session) {
            String path = session.getUri().getPath();
            session.setTextMessageSizeLimit(FRAME);
            session.getAttributes()
                    .put("answer", new TextMessage("x".repeat(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)))));
        }

        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
            session.sendMessage((TextMessage) session.getAttributes().get("answer"));
        }
    }

    private static final class Frames extends Echo {
        @Override
        protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
            for (int left = Integer.parseInt(message.getPayload()); left > 0; left--) {
                super.handleTextMessage(session, message);
            }
        }
    }

    /** Keeps nothing: what durability costs is the difference. */
    @Bean
    @Primary
    @ConditionalOnProperty(name = "bench.journal", havingValue = "none")
    Journal noJournal() {
        return new Journal() {
            private final AtomicLong ids = new AtomicLong();

            @Override
            public void append(SessionLog log, Step step) {}

            @Override
            public CompletableFuture<SessionLog> open(StoredSession session) {
                return CompletableFuture.completedFuture(
                        new SessionLog(ids.incrementAndGet(), 0, session.history()));
            }

            @Override
            public CompletableFuture<Claimed> claim(long id) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<Claimed> reclaim(long id, int epoch) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<Void> confirm(SessionLog log) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public CompletableFuture<History> read(SessionLog log) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<SessionLog> replace(SessionLog log, StoredSession session) {
                throw new UnsupportedOperationException();
            }

            @Override
            public CompletableFuture<Void> release(SessionLog log) {
                return CompletableFuture.failedFuture(new UnsupportedOperationException());
            }

            @Override
            public CompletableFuture<Void> remove(SessionLog log) {
                return CompletableFuture.completedFuture(null);
            }
        };
    }

}
