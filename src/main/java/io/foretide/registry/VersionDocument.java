package io.foretide.registry;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A version on the wire: what the registry knows, and beside it all that its provenance holds. */
record VersionDocument(
        String model,
        int version,
        String reference,
        Task task,
        Instant createdAt,
        List<String> aliases,
        Origin origin,
        @Nullable String jobId,
        ArtifactInfo artifact,
        @Schema(hidden = true) @JsonAnyGetter Map<String, JsonNode> provenance) {

    /** Where a version comes from. */
    enum Origin {
        @JsonProperty("trained")
        TRAINED,
        @JsonProperty("imported")
        IMPORTED
    }

    /** What the registry knows itself; nothing in a provenance can stand for it. */
    private static final Set<String> OWN =
            Set.of("model", "version", "reference", "task", "created_at", "aliases", "origin", "job_id", "artifact");

    static VersionDocument of(ModelVersion version, List<String> aliases) {
        var provenance = new LinkedHashMap<String, JsonNode>();
        for (Map.Entry<String, JsonNode> entry : version.provenance().properties()) {
            if (!OWN.contains(entry.getKey())) {
                provenance.put(entry.getKey(), entry.getValue());
            }
        }
        return new VersionDocument(
                version.model().value(),
                version.version(),
                version.reference().toString(),
                version.task(),
                version.createdAt(),
                aliases,
                version.jobId() == null ? Origin.IMPORTED : Origin.TRAINED,
                version.jobId(),
                version.artifact(),
                provenance);
    }
}
