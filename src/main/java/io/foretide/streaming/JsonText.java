package io.foretide.streaming;

import io.foretide.series.ShortDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text as it is written. All in ASCII, so that its characters are its bytes, and half a character that a client sent
 * cannot break the frame that tells it back.
 */
final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private byte[] text;
    private int length;

    JsonText(int expectedLength) {
        text = new byte[expectedLength];
    }

    /** Begins an object. */
    JsonText object() {
        return value().put('{');
    }

    JsonText endObject() {
        return put('}');
    }

    JsonText array() {
        return value().put('[');
    }

    JsonText endArray() {
        return put(']');
    }

    /** Writes the name of a field, of which nothing needs escaping. */
    JsonText name(String name) {
        return value().put('"').put(name).put("\":");
    }

    /** Writes the name of a field, whatever it is. */
    JsonText anyName(String name) {
        return string(name).put(':');
    }

    JsonText field(String name, String value) {
        return name(name).string(value);
    }

    /** Writes a field, unless it has no value. */
    JsonText optional(String name, @Nullable String value) {
        return value == null ? this : field(name, value);
    }

    JsonText field(String name, long value) {
        return name(name).number(value);
    }

    JsonText field(String name, double value) {
        return name(name).number(value);
    }

    JsonText flag(String name, boolean value) { // what a flag says is data here
        return name(name).put(Boolean.toString(value));
    }

    /** Writes the shortest decimal that is read as the same number; null for what is none. */
    JsonText number(double value) {
        value();
        if (!Double.isFinite(value)) {
            return put("null");
        }
        room(ShortDecimal.LONGEST);
        int end = ShortDecimal.write(value, text, length);
        if (end == length) {
            return put(Double.toString(value));
        }
        length = end;
        return this;
    }

    JsonText number(long value) {
        return value().put(Long.toString(value));
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
        return value().put(json);
    }

    JsonText string(String value) {
        value().put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                put(c);
            } else {
                escape(c);
            }
        }
        return put('"');
    }

    private void escape(char c) {
        if (c == '"' || c == '\\') {
            put('\\').put(c);
        } else {
            put("\\u")
                    .put(HEX[c >> 12])
                    .put(HEX[c >> 8 & 15])
                    .put(HEX[c >> 4 & 15])
                    .put(HEX[c & 15]);
        }
    }

    /** Separates what follows from what came before. */
    private JsonText value() {
        if (length == 0) {
            return this;
        }
        return switch (text[length - 1]) {
            case '{', '[', ':' -> this;
            default -> put(',');
        };
    }

    private JsonText put(char c) {
        room(1);
        text[length++] = (byte) c;
        return this;
    }

    private JsonText put(String ascii) {
        int more = ascii.length();
        room(more);
        for (int i = 0; i < more; i++) {
            text[length + i] = (byte) ascii.charAt(i);
        }
        length += more;
        return this;
    }

    private void room(int more) {
        if (more > text.length - length) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, length + more));
        }
    }

    /** What was written, until more is. */
    ByteBuffer bytes() {
        return ByteBuffer.wrap(text, 0, length);
    }

    @Override
    public String toString() {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
}
