package io.foretide.streaming;

import org.jspecify.annotations.Nullable;

/**
 * A JSON text as it is written. All in ASCII, so that its characters are its bytes, and half a character that a client sent
 * cannot break the frame that tells it back.
 */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text;

    JsonText(int expectedLength) {
        text = new StringBuilder(expectedLength);
    }

    /** Begins an object. */
    JsonText object() {
        value();
        text.append('{');
        return this;
    }

    JsonText endObject() {
        text.append('}');
        return this;
    }

    JsonText array() {
        value();
        text.append('[');
        return this;
    }

    JsonText endArray() {
        text.append(']');
        return this;
    }

    /** Writes the name of a field, of which nothing needs escaping. */
    JsonText name(String name) {
        value();
        text.append('"').append(name).append("\":");
        return this;
    }

    /** Writes the name of a field, whatever it is. */
    JsonText anyName(String name) {
        string(name);
        text.append(':');
        return this;
    }

    JsonText field(String name, String value) {
        return name(name).string(value);
    }

    /** Writes a field, unless it has no value. */
    JsonText optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    JsonText field(String name, long value) {
        name(name);
        text.append(value);
        return this;
    }

    JsonText field(String name, double value) {
        return name(name).number(value);
    }

    JsonText flag(String name, boolean value) { // what a flag says is data here
        name(name);
        text.append(value);
        return this;
    }

    /** Writes the shortest decimal that is read as the same number; null for what is none. */
    JsonText number(double value) {
        value();
        if (Double.isFinite(value)) {
            text.append(value);
        } else {
            text.append("null");
        }
        return this;
    }

    JsonText number(long value) {
        value();
        text.append(value);
        return this;
    }

    JsonText numbers(double[] values) {
        array();
        for (double value : values) {
            number(value);
        }
        return endArray();
    }

    /** Writes JSON that is there already. */
    JsonText raw(String json) {
        value();
        text.append(json);
        return this;
    }

    JsonText string(String value) {
        value();
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                text.append(c);
            } else {
                escape(c);
            }
        }
        text.append('"');
        return this;
    }

    private void escape(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else {
            text.append("\\u")
                    .append(HEX[c >> 12])
                    .append(HEX[c >> 8 & 15])
                    .append(HEX[c >> 4 & 15])
                    .append(HEX[c & 15]);
        }
    }

    /** Separates what follows from what came before. */
    private void value() {
        if (!text.isEmpty()) {
            switch (text.charAt(text.length() - 1)) {
                case '{', '[', ':' -> {}
                default -> text.append(',');
            }
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
