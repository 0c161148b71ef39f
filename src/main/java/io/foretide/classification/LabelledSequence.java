package io.foretide.classification;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One sequence with its key.
 *
 * @param label absent where it is to be predicted
 */
public record LabelledSequence(String id, @Nullable String label, Sequence content) {
    public LabelledSequence {
        requireNonNull(id, "id");
        requireNonNull(content, "content");
    }
}
