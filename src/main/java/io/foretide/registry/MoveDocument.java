package io.foretide.registry;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A move of an alias on the wire. */
record MoveDocument(
        @Schema(description = "The ETag of the alias from this move to the next, without its quotes.")
        long revision,

        @Schema(description = "The version that it pointed to before; null where the alias was made.") @Nullable
        Integer from,

        @Schema(description = "The version that it points to from here on; null where the alias was removed.") @Nullable
        Integer to,

        String movedBy,
        String reason,
        Instant movedAt) {

    static MoveDocument of(AliasTable.KeptMove kept) {
        AliasTable.Move move = kept.move();
        return new MoveDocument(
                kept.id(),
                move.from(),
                move.to(),
                move.cause().by(),
                move.cause().reason(),
                move.at());
    }
}
