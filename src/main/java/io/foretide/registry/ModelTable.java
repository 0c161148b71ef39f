package io.foretide.registry;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of models, and of the last number given under each name. */
@Component
final class ModelTable {
    private static final String SUMMARY = """
            select m.name, m.task, m.created_at, count(v.version) as versions, max(v.version) as latest
            from model m left join model_version v on v.model = m.name
            """;
    private static final String GROUP = " group by m.name, m.task, m.created_at";

    private final JdbcClient database;

    /** A model and how many versions it has; {@code latest} is the highest number where there is any. */
    record Summary(
            ModelName name,
            Task task,
            Instant createdAt,
            int versions,
            @Nullable Integer latest) {}

    ModelTable(JdbcClient database) {
        this.database = database;
    }

    /** Locks a name until the transaction ends, also one that no model ever had, and returns its last number. */
    int lockForRegistration(ModelName model) {
        // Two first registrations of one name meet here: the second waits for the first, then inserts nothing.
        database.sql("insert into model_number (model, last_version) values (?, 0) on conflict do nothing")
                .param(model.value())
                .update();
        return lastVersion(model).orElseThrow();
    }

    /** Locks an existing model until the transaction ends. */
    void lock(ModelName model) {
        Optional<Integer> number = lastVersion(model);
        if (number.isEmpty() || find(model).isEmpty()) {
            throw unknown(model);
        }
    }

    private Optional<Integer> lastVersion(ModelName model) {
        return database.sql("select last_version from model_number where model = ? for update")
                .param(model.value())
                .query(Integer.class)
                .optional();
    }

    void setLastVersion(ModelName model, int version) {
        database.sql("update model_number set last_version = ? where model = ?")
                .params(version, model.value())
                .update();
    }

    Optional<Task> task(ModelName model) {
        return database.sql("select task from model where name = ?")
                .param(model.value())
                .query(String.class)
                .optional()
                .map(Task::ofWireName);
    }

    void insert(ModelName model, Task task, Instant createdAt) {
        database.sql("insert into model (name, task, created_at) values (?, ?, ?)")
                .params(model.value(), task.wireName(), UtcTime.toColumn(createdAt))
                .update();
    }

    void delete(ModelName model) {
        database.sql("delete from model where name = ?").param(model.value()).update();
    }

    Optional<Summary> find(ModelName model) {
        return database.sql(SUMMARY + " where m.name = ?" + GROUP)
                .param(model.value())
                .query(ModelTable::summary)
                .optional();
    }

    Summary get(ModelName model) {
        return find(model).orElseThrow(() -> unknown(model));
    }

    /** One more row than a page holds, by name, so that the caller sees whether another page follows. */
    List<Summary> list(PageRequest page, @Nullable String task) {
        return database.sql(SUMMARY
                        + " where m.name > :after"
                        + (task == null ? "" : " and m.task = :task")
                        + GROUP
                        + " order by m.name limit :limit")
                .param("after", ListPosition.afterName(page))
                .param("task", task)
                .param("limit", page.limit() + 1)
                .query(ModelTable::summary)
                .list();
    }

    private static Summary summary(ResultSet row, int number) throws SQLException {
        return new Summary(
                new ModelName(row.getString("name")),
                Task.ofWireName(row.getString("task")),
                UtcTime.fromColumn(row, "created_at"),
                row.getInt("versions"),
                row.getObject("latest", Integer.class));
    }

    static ProblemException unknown(ModelName model) {
        return new ProblemException(
                        ProblemType.UNKNOWN_MODEL,
                        "There is no model %s. GET /api/v1/models lists what there is.".formatted(model))
                .with("model", model.value());
    }
}
