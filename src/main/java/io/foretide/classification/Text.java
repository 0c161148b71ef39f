package io.foretide.classification;

import static java.util.Objects.requireNonNull;

/** A sequence of words. */
public record Text(String text) implements Sequence {
    public Text {
        requireNonNull(text, "text");
    }
}
