package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.registry.ModelReference;
import org.jspecify.annotations.Nullable;

/**
 * What a job may be accepted to do.
 *
 * @param audit what was odd with the data as they were sent, and what was repaired
 * @param parent the fixed version that the training starts from
 */
record Admitted<D>(
        TaskTraining<D> task,
        D data,
        AuditSummary audit,
        JobSettings settings,
        @Nullable ModelReference parent) {}
