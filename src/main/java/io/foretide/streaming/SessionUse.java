package io.foretide.streaming;

import io.foretide.registry.ModelName;
import io.foretide.registry.VersionUse;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Sessions keep the version that they walk from being deleted, also while they rest. */
@Component
final class SessionUse implements VersionUse {
    private final JdbcClient database;

    SessionUse(JdbcClient database) {
        this.database = database;
    }

    @Override
    public Optional<String> useOf(ModelName model) {
        return database.sql("select name from stream_session where model = ? order by id fetch first 1 rows only")
                .params(model.value())
                .query(String.class)
                .optional()
                .map("session "::concat);
    }

    @Override
    public Optional<String> useOf(ModelName model, int version) {
        return database.sql(
                        "select name from stream_session where model = ? and version = ? order by id fetch first 1 rows only")
                .params(model.value(), version)
                .query(String.class)
                .optional()
                .map("session "::concat);
    }
}
