package io.foretide.registry;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the registry knows of one immutable version.
 *
 * @param jobId the training job that published it; none where it was imported
 * @param provenance all else that is known of how it came about: an object that the registry does not look into
 */
public record ModelVersion(
        ModelName model,
        int version,
        Task task,
        Instant createdAt,
        @Nullable String jobId,
        ArtifactInfo artifact,
        JsonNode provenance) {

    /** The name of exactly this version. */
    public ModelReference reference() {
        return ModelReference.version(model, version);
    }
}
