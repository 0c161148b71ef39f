package io.foretide.training;

import io.foretide.network.EpochLoss;
import io.foretide.registry.ModelName;
import io.foretide.registry.Task;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of jobs: written once when a job is accepted, and read. */
@Component
final class JobTable {
    private final JdbcClient database;

    /** What a job needs when it is accepted. */
    record NewJob(
            String id,
            ModelName model,
            Task task,
            Instant createdAt,
            JobInput input,
            @Nullable IdempotencyKey key) {}

    /** A job that an idempotency key belongs to, and what was asked for under that key. */
    record Keyed(String jobId, String fingerprint) {}

    /** Which jobs are listed; absent parts accept all. */
    record Filter(@Nullable ModelName model, @Nullable JobState state) {}

    JobTable(JdbcClient database) {
        this.database = database;
    }

    /** Keeps other submissions out until the end of the transaction. */
    void lockQueue() {
        database.sql("select id from training_queue where id = 1 for update")
                .query(Integer.class)
                .single();
    }

    void insert(NewJob job) {
        database.sql("""
                insert into training_job (id, model, task, state, created_at, attempt, claim, spent_millis, phase, epoch,
                    settings, data, data_sha256, idempotency_key, fingerprint)
                values (:id, :model, :task, 'queued', :created_at, 0, 0, 0, 'waiting', 0,
                    :settings, :data, :data_sha256, :idempotency_key, :fingerprint)
                """)
                .param("id", job.id())
                .param("model", job.model().value())
                .param("task", job.task().wireName())
                .param("created_at", toColumn(job.createdAt()))
                .param("settings", job.input().settings())
                .param("data", job.input().blob())
                .param("data_sha256", job.input().dataSha256())
                .param("idempotency_key", job.key() == null ? null : job.key().value())
                .param("fingerprint", job.input().fingerprint())
                .update();
        database.sql("insert into training_audit (job, summary) values (?, ?)")
                .params(job.id(), job.input().audit())
                .update();
    }

    Optional<Job> find(String id) {
        return database.sql("select * from training_job where id = ?")
                .param(id)
                .query(JobTable::job)
                .optional();
    }

    Optional<Keyed> findByKey(ModelName model, IdempotencyKey key) {
        return database.sql("select id, fingerprint from training_job where model = ? and idempotency_key = ?")
                .params(model.value(), key.value())
                .query((row, _) -> new Keyed(row.getString("id"), row.getString("fingerprint")))
                .optional();
    }

    /** What the job is to do; empty for a job that has ended. */
    Optional<JobInput> input(String id) {
        return database.sql("""
                select job.settings, job.data, job.data_sha256, job.fingerprint, audit.summary
                from training_job job join training_audit audit on audit.job = job.id
                where job.id = ? and job.data is not null
                """)
                .param(id)
                .query((row, _) -> new JobInput(
                        row.getString("settings"),
                        row.getString("data"),
                        row.getString("data_sha256"),
                        row.getString("fingerprint"),
                        row.getString("summary")))
                .optional();
    }

    /** What was odd with the series of a job, as JSON; empty for a job that is forgotten. */
    Optional<String> audit(String id) {
        return database.sql("select summary from training_audit where job = ?")
                .param(id)
                .query(String.class)
                .optional();
    }

    /** Jobs accepted before the given one of the order, the newest first. */
    List<Job> list(Filter filter, long before, int limit) {
        return database.sql("""
                select * from training_job
                where sequence < :before
                    and (cast(:model as varchar(63)) is null or model = :model)
                    and (cast(:state as varchar(16)) is null or state = :state)
                order by sequence desc
                fetch first :limit rows only
                """)
                .param("before", before)
                .param("model", filter.model() == null ? null : filter.model().value())
                .param("state", filter.state() == null ? null : filter.state().wireName())
                .param("limit", limit)
                .query(JobTable::job)
                .list();
    }

    /** The losses of the last epochs that the present run has done or goes on from, in their order. */
    List<EpochLoss> lastLosses(String id, int limit) {
        List<EpochLoss> losses =
                database.sql("""
                select done.epoch, done.train_loss, done.validation_loss
                from training_epoch done join training_job job on job.id = done.job
                where job.id = ? and done.epoch <= job.epoch
                order by done.epoch desc fetch first ? rows only
                """).params(id, limit).query((row, _) -> loss(row)).list();
        return losses.reversed();
    }

    /** The epochs that were done for the first time after a moment, in their order. */
    List<DoneEpoch> epochsAfter(String id, Moment moment, int limit) {
        return database.sql("""
                select claim, epoch, train_loss, validation_loss from training_epoch
                where job = :id and (claim > :run or claim = :run and epoch > :epoch)
                order by claim, epoch fetch first :limit rows only
                """)
                .param("id", id)
                .param("run", moment.run())
                .param("epoch", moment.epochsDone())
                .param("limit", limit)
                .query((row, _) -> new DoneEpoch(row.getLong("claim"), loss(row)))
                .list();
    }

    private static EpochLoss loss(ResultSet row) throws SQLException {
        return new EpochLoss(
                row.getInt("epoch"), row.getDouble("train_loss"), row.getObject("validation_loss", Double.class));
    }

    int count(JobState state) {
        return database.sql("select count(*) from training_job where state = ?")
                .param(state.wireName())
                .query(Integer.class)
                .single();
    }

    Map<JobState, Integer> countByState() {
        Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
        database.sql("select state, count(*) as jobs from training_job group by state")
                .query(row -> {
                    counts.put(state(row), row.getInt("jobs"));
                });
        return Collections.unmodifiableMap(counts);
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getLong("sequence"),
                new ModelName(row.getString("model")),
                Task.ofWireName(row.getString("task")),
                state(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "started_at"),
                instant(row, "finished_at"),
                row.getLong("claim"),
                row.getInt("attempt"),
                progress(row),
                row.getObject("version", Integer.class),
                row.getString("error"));
    }

    private static Progress progress(ResultSet row) throws SQLException {
        Long remaining = row.getObject("remaining_millis", Long.class);
        return new Progress(
                Phase.ofWireName(row.getString("phase")),
                row.getInt("epoch"),
                row.getInt("epochs"),
                row.getObject("train_loss", Double.class),
                row.getObject("validation_loss", Double.class),
                remaining == null ? null : Duration.ofMillis(remaining));
    }

    static JobState state(ResultSet row) throws SQLException {
        return JobState.ofWireName(row.getString("state")).orElseThrow();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime toColumn(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
