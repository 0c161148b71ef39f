package io.foretide.registry;

import java.time.Instant;

/** An alias on the wire: where it points, since when, by whom and why. */
record AliasDocument(
        String model,
        String alias,
        int version,
        String reference,
        long revision,
        String movedBy,
        String reason,
        Instant movedAt) {

    static AliasDocument of(ModelAlias alias) {
        return new AliasDocument(
                alias.model().value(),
                alias.alias().name(),
                alias.version(),
                ModelReference.version(alias.model(), alias.version()).toString(),
                alias.revision(),
                alias.cause().by(),
                alias.cause().reason(),
                alias.movedAt());
    }
}
