package io.foretide.audit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the training that the series are meant for.
 *
 * @param horizon the number of future steps; 1 where absent
 * @param seasonLength after how many steps the pattern repeats; that of the frequency where absent
 */
record AuditRequest(
        @Positive @Max(1_000_000) @Nullable Integer horizon,
        @Min(1) @Max(1024) @Nullable Integer seasonLength) {
    int horizonOrOne() {
        return horizon == null ? 1 : horizon;
    }
}
