package io.foretide.reading;

/** Halves of surrogate pairs, which no encoding can write. */
public final class Halves {
    private static final char REPLACEMENT = '\uFFFD';

    private Halves() {}

    /** The text with U+FFFD in place of each half that stands alone. */
    public static String replaced(String text) {
        StringBuilder whole = null;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && k + 1 < text.length() && Character.isLowSurrogate(text.charAt(k + 1))) {
                k++;
                continue;
            }
            whole = whole == null ? new StringBuilder(text) : whole;
            whole.setCharAt(k, REPLACEMENT);
        }
        return whole == null ? text : whole.toString();
    }
}
