package io.foretide.registry;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version that is about to be registered.
 *
 * @param jobId the training job that publishes it; a job publishes at most one version
 */
public record NewVersion(
        ModelName model,
        Task task,
        @Nullable String jobId,
        byte[] artifact,
        ObjectNode provenance,
        Promotion promotion) {}
