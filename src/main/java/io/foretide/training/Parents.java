package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Selector;
import io.foretide.registry.Task;
import io.foretide.registry.VersionUse;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The versions that trainings start from. Each is fixed when its job is accepted, and cannot be deleted until the job has
 * ended.
 */
@Component
final class Parents implements VersionUse {
    private static final String POINTER = "/start_from";
    private static final String UNFINISHED = """
            select job.id from training_parent parent join training_job job on job.id = parent.job
            where job.state in ('queued', 'running')""";

    private final ModelRegistry registry;
    private final JdbcClient database;

    Parents(ModelRegistry registry, JdbcClient database) {
        this.registry = registry;
        this.database = database;
    }

    /** The version that a client names, ready to be continued. */
    LoadedModel find(String startFrom, Task task) {
        ModelVersion version = resolve(ModelReference.parse(startFrom, POINTER));
        if (version.task() != task) {
            throw cannotContinue("%s is of the task %s, and this training is of the task %s. Name a version of that."
                    .formatted(version.reference(), version.task(), task));
        }
        try {
            return registry.load(version.reference());
        } catch (ProblemException e) {
            if (e.type() != ProblemType.DAMAGED_ARTIFACT && e.type() != ProblemType.UNREADABLE_ARTIFACT) {
                throw e;
            }
            throw cannotContinue("%s cannot be read: %s".formatted(version.reference(), e.detail()));
        }
    }

    private ModelVersion resolve(ModelReference reference) {
        try {
            return registry.resolve(reference);
        } catch (ProblemException e) {
            throw e.at(POINTER);
        }
    }

    /** Why a training cannot start from the version that was named. */
    static ProblemException cannotContinue(String detail) {
        return new ProblemException(ProblemType.CANNOT_CONTINUE, detail).at(POINTER);
    }

    /** Notes what a new job starts from, in the transaction that accepts the job. */
    void keep(String jobId, ModelReference parent) {
        ModelVersion held = registry.hold(parent);
        database.sql("insert into training_parent (job, model, version) values (?, ?, ?)")
                .params(jobId, held.model().value(), held.version())
                .update();
    }

    /** What a job starts from; empty where it begins anew. */
    Optional<LoadedModel> load(String jobId) {
        return database.sql("select model, version from training_parent where job = ?")
                .param(jobId)
                .query((row, _) -> new ModelReference(
                        new ModelName(row.getString("model")), new Selector.Version(row.getInt("version"))))
                .optional()
                .map(registry::load);
    }

    @Override
    public Optional<String> useOf(ModelName model) {
        return database.sql(UNFINISHED + " and parent.model = ? order by job.sequence fetch first 1 rows only")
                .params(model.value())
                .query(String.class)
                .optional()
                .map("training job "::concat);
    }

    @Override
    public Optional<String> useOf(ModelName model, int version) {
        return database.sql(UNFINISHED
                        + " and parent.model = ? and parent.version = ? order by job.sequence fetch first 1 rows only")
                .params(model.value(), version)
                .query(String.class)
                .optional()
                .map("training job "::concat);
    }
}
