package io.foretide;

import io.foretide.kernel.Kernel;
import io.foretide.storage.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says once, when the service is ready, what it runs on. */
@Component
final class StartLine {
    private static final Logger log = LoggerFactory.getLogger(StartLine.class);

    private final Database database;
    private final Environment environment;

    StartLine(Database database, Environment environment) {
        this.database = database;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void say() {
        log.info(
                "foretide ready kernel=\"{}\" database=\"{}\" address=http://{}:{}",
                Kernel.description(),
                database.description(),
                environment.getProperty("server.address"),
                environment.getProperty("local.server.port"));
    }
}
