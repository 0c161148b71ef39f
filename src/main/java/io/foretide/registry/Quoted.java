package io.foretide.registry;

/** A client's text as it is repeated in a problem: short, and without line breaks. */
final class Quoted {
    private static final int LONGEST = 80;

    private Quoted() {}

    static String quote(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…") + "'";
    }
}
