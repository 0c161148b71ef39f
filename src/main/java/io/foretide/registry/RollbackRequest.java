package io.foretide.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Why an alias shall go back. */
record RollbackRequest(
        @Schema(description = "Kept in the alias's history.", example = "Forecasts of the new version are too low.")
        @Size(max = 1000)
        @Pattern(regexp = AliasRequest.ONE_LINE, message = AliasRequest.NOT_ONE_LINE)
        @Nullable
        String reason) {}
