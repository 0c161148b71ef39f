package io.foretide.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Where an alias shall point, and why. */
record AliasRequest(
        @Schema(description = "The number of an existing version.", example = "3") @Positive
        int version,

        @Schema(description = "Kept in the alias's history.", example = "Better on the last quarter.")
        @Size(max = 1000)
        @Pattern(regexp = ONE_LINE, message = NOT_ONE_LINE)
        @Nullable
        String reason) {
    static final String ONE_LINE = "\\P{Cntrl}*";
    static final String NOT_ONE_LINE = "must be one line without control characters";
}
