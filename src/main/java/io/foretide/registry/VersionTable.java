package io.foretide.registry;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of versions. They are inserted and deleted, never changed. */
@Component
final class VersionTable {
    /** As many characters as the column takes. */
    private static final int LONGEST_PROVENANCE = 1_000_000;

    private static final String SELECT = """
            select v.model, v.version, v.task, v.created_at, v.job_id, v.artifact_size, v.artifact_sha256, v.provenance
            from model_version v
            """;

    private final JdbcClient database;
    private final JsonMapper json;

    VersionTable(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void insert(ModelVersion version, String artifactBlob) {
        String provenance = json.writeValueAsString(version.provenance());
        if (provenance.length() > LONGEST_PROVENANCE) {
            throw new IllegalArgumentException("a provenance of " + provenance.length() + " characters, at most "
                    + LONGEST_PROVENANCE + " can be kept");
        }
        database.sql("insert into model_version (model, version, task, created_at, job_id, artifact, artifact_size,"
                        + " artifact_sha256, provenance) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .param(version.model().value())
                .param(version.version())
                .param(version.task().wireName())
                .param(UtcTime.toColumn(version.createdAt()))
                .param(version.jobId())
                .param(artifactBlob)
                .param(version.artifact().size())
                .param(version.artifact().sha256())
                .param(provenance)
                .update();
    }

    void delete(ModelName model, int version) {
        database.sql("delete from model_version where model = ? and version = ?")
                .params(model.value(), version)
                .update();
    }

    Optional<ModelVersion> find(ModelName model, int version) {
        return database.sql(SELECT + " where v.model = ? and v.version = ?")
                .params(model.value(), version)
                .query(this::version)
                .optional();
    }

    Optional<ModelVersion> findByJob(String jobId) {
        return database.sql(SELECT + " where v.job_id = ?")
                .param(jobId)
                .query(this::version)
                .optional();
    }

    /** The oldest version with these bytes. */
    Optional<ModelVersion> findByArtifact(ModelName model, String sha256) {
        return database.sql(SELECT + " where v.model = ? and v.artifact_sha256 = ? order by v.version limit 1")
                .params(model.value(), sha256)
                .query(this::version)
                .optional();
    }

    Optional<ModelVersion> latest(ModelName model) {
        return database.sql(SELECT + " where v.model = ? order by v.version desc limit 1")
                .param(model.value())
                .query(this::version)
                .optional();
    }

    Optional<ModelVersion> findByAlias(ModelName model, Selector.Alias alias) {
        return database.sql(SELECT
                        + " join model_alias a on a.model = v.model and a.version = v.version"
                        + " where a.model = ? and a.alias = ?")
                .params(model.value(), alias.name())
                .query(this::version)
                .optional();
    }

    /** One more row than a page holds, newest first. */
    List<ModelVersion> list(ModelName model, PageRequest page) {
        return database.sql(SELECT + " where v.model = ? and v.version < ? order by v.version desc limit ?")
                .params(model.value(), ListPosition.beforeNumber(page), page.limit() + 1)
                .query(this::version)
                .list();
    }

    List<Integer> numbers(ModelName model) {
        return database.sql("select version from model_version where model = ? order by version")
                .param(model.value())
                .query((row, _) -> row.getInt(1))
                .list();
    }

    /** The blob that holds the artifact; empty where the version is gone. */
    Optional<String> artifactBlob(ModelName model, int version) {
        return database.sql("select artifact from model_version where model = ? and version = ?")
                .params(model.value(), version)
                .query(String.class)
                .optional();
    }

    private ModelVersion version(ResultSet row, int number) throws SQLException {
        return new ModelVersion(
                new ModelName(row.getString("model")),
                row.getInt("version"),
                Task.ofWireName(row.getString("task")),
                UtcTime.fromColumn(row, "created_at"),
                row.getString("job_id"),
                new ArtifactInfo(row.getLong("artifact_size"), row.getString("artifact_sha256")),
                json.readTree(row.getString("provenance")));
    }

    static ProblemException unknown(ModelName model, int version) {
        return new ProblemException(
                        ProblemType.UNKNOWN_VERSION,
                        "Model %s has no version %d. GET /api/v1/models/%s/versions lists what there is."
                                .formatted(model, version, model))
                .with("model", model.value())
                .with("version", version);
    }
}
