package io.foretide.http;

import io.foretide.reading.TextReader;
import org.springframework.stereotype.Component;

/** Texts in requests, within the limit of the service. */
@Component
public final class TextFields {
    private final int maxLength;

    TextFields(TextProperties properties) {
        this.maxLength = properties.maxLength();
    }

    /** A text that stands at the pointer. */
    public DataField<String> text(String pointer) {
        return new DataField<>(pointer, new TextReader("text", maxLength, "foretide.text.max-length"));
    }
}
