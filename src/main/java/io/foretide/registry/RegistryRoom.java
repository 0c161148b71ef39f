package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether the registry has room for another version: asked before the work that makes one. */
@Component
public final class RegistryRoom {
    private final JdbcClient database;
    private final RegistryProperties limits;

    RegistryRoom(JdbcClient database, RegistryProperties limits) {
        this.database = database;
        this.limits = limits;
    }

    /**
     * Fails where a model, which may not exist yet, can get no further version.
     *
     * @throws ProblemException {@code limit-exceeded}
     */
    public void requireRoom(ModelName model) {
        int versions = database.sql("select count(*) from model_version where model = ?")
                .param(model.value())
                .query(Integer.class)
                .single();
        if (versions >= limits.maxVersions()) {
            throw full(
                    "Model %s has %d versions, and the limit is %d. Delete one, or raise foretide.registry.max-versions."
                            .formatted(model, versions, limits.maxVersions()),
                    limits.maxVersions());
        }
        if (versions == 0) {
            requireRoomForAModel();
        }
    }

    private void requireRoomForAModel() {
        int models =
                database.sql("select count(*) from model").query(Integer.class).single();
        if (models >= limits.maxModels()) {
            throw full(
                    "There are %d models, and the limit is %d. Delete one, or raise foretide.registry.max-models."
                            .formatted(models, limits.maxModels()),
                    limits.maxModels());
        }
    }

    private static ProblemException full(String detail, int limit) {
        return new ProblemException(ProblemType.LIMIT_EXCEEDED, detail).with("limit", limit);
    }
}
