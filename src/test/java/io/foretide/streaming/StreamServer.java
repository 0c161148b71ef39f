package io.foretide.streaming;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Runs a test against the wire on a real server, over sessions in memory, with small limits. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = StreamServer.WithoutSessions.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "foretide.sessions.max-message-size=32KB",
            "foretide.sessions.max-message-rate=300",
            "foretide.sessions.outbox-size=64KB",
            "foretide.sessions.max-outbox-size=256KB",
            "foretide.sessions.request-timeout=1s",
            "management.endpoint.health.validate-group-membership=false", // there is no database
        })
@interface StreamServer {
    /** The web layer and the wire, without a database. */
    @TestComponent // keeps the scan of the real application away
    @EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
    @ComponentScan({"io.foretide.http", "io.foretide.problem", "io.foretide.security"})
    @ConfigurationPropertiesScan({
        "io.foretide.http",
        "io.foretide.problem",
        "io.foretide.security",
        "io.foretide.streaming"
    })
    @Import({
        MessageDecoder.class,
        MessageEncoder.class,
        StreamMetrics.class,
        Outboxes.class,
        Connections.class,
        StreamController.class,
        SessionController.class
    })
    class WithoutSessions {
        @Bean
        FakeSessions sessions() {
            return new FakeSessions();
        }
    }
}
