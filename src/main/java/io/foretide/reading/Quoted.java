package io.foretide.reading;

/** Text of a client as it is repeated in a problem: in quotes, short, on one line. */
public final class Quoted {
    private static final int LONGEST = 40;

    private Quoted() {}

    public static String of(String text) {
        int end = Math.min(text.length(), LONGEST);
        StringBuilder quoted = new StringBuilder("\"");
        for (int k = 0; k < end; k++) {
            char c = text.charAt(k);
            quoted.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return quoted.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
