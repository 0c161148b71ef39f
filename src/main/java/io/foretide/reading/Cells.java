package io.foretide.reading;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words and numbers that stand for one observation in a text. */
public final class Cells {
    /**
     * The largest magnitude of an observation: squares of larger ones, and sums of them, would leave the range of a
     * double, and no measure of accuracy could be told.
     */
    public static final double LARGEST = 1e150;

    private static final Set<String> MISSING = Set.of("", "nan", "null", "na");
    private static final Set<String> INFINITE = Set.of("inf", "infinity");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?");

    private Cells() {}

    public static boolean isMissing(String cell) {
        return cell.isEmpty() || MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    public static boolean isInfinite(String cell) {
        String magnitude = cell.startsWith("-") || cell.startsWith("+") ? cell.substring(1) : cell;
        return INFINITE.contains(magnitude.toLowerCase(Locale.ROOT));
    }

    // Double.parseDouble also takes 1f, 0x1p3 and blanks.
    public static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    public static boolean isTooLarge(double value) {
        return !(Math.abs(value) <= LARGEST);
    }

    public static String tooLarge(String cell) {
        return Quoted.of(cell)
                + " is infinite or too large: observations lie between -1e150 and 1e150. Send null, NaN or an"
                + " empty cell for a missing one.";
    }

    /** What keeps a text from being an item id or a name; empty if nothing does. */
    public static String flawOf(String name) {
        if (name.isBlank()) {
            return "is empty";
        }
        boolean control = name.chars().anyMatch(Character::isISOControl);
        boolean broken = name.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return control ? "contains control characters" : broken ? "contains half a character" : "";
    }
}
