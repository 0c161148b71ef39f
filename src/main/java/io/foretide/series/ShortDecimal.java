package io.foretide.series;

/** Decimals of ten significant digits: all that a forecast is worth, and quickly written. */
public final class ShortDecimal {
    /** So many characters has what is written, with a sign, the point, and zeros behind it. */
    public static final int LONGEST = 24;

    private static final int DIGITS = 10;

    /** Smaller ones would need powers that are no doubles. */
    private static final double LEAST_ROUNDED = 1e-12;

    /** As {@link Double#toString(double)} begins and ends to write without an exponent. */
    private static final double LEAST_PLAIN = 1e-3, LIMIT_OF_PLAIN = 1e7;

    /** 10⁰ … 10²²: all powers of ten that are doubles, so that a whole number over one of them is the double nearest to a decimal. */
    private static final double[] POWERS = new double[23];

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private ShortDecimal() {}

    /**
     * The nearest number of ten significant digits; of ten digits and more before the point, the nearest whole one. What is less
     * than 10⁻¹² stays as it is. Never puts two numbers the other way round.
     */
    public static double rounded(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < LEAST_ROUNDED) {
            return value;
        }
        double power = POWERS[places(magnitude)];
        return Math.copySign(Math.rint(magnitude * power) / power, value);
    }

    /**
     * Writes in ASCII what {@link Double#toString(double)} does, only faster, if that is plain and of ten digits at most.
     *
     * @param at where it begins in {@code text}, which has room for {@link #LONGEST} from there
     * @return where it ends; {@code at} if it is none of that
     */
    public static int write(double value, byte[] text, int at) {
        double magnitude = Math.abs(value);
        if (!(magnitude >= LEAST_PLAIN && magnitude < LIMIT_OF_PLAIN)) { // also refuses NaN
            return at;
        }
        int places = places(magnitude);
        long digits = (long) Math.rint(magnitude * POWERS[places]);
        if (digits / POWERS[places] != magnitude) {
            return at;
        }
        int begin = at;
        if (value < 0) {
            text[begin++] = '-';
        }
        int whole = (int) magnitude;
        int point = begin + 1;
        for (int power = 10; whole >= power; power *= 10) {
            point++;
        }
        int end = point + 1 + places;
        write(whole, text, begin, point);
        text[point] = '.';
        write(digits - whole * (long) POWERS[places], text, point + 1, end);
        while (text[end - 1] == '0' && end > point + 2) {
            end--;
        }
        return end;
    }

    private static void write(long digits, byte[] text, int from, int to) {
        long left = digits;
        for (int i = to - 1; i >= from; i--) {
            long tenth = left / 10;
            text[i] = (byte) ('0' + left - 10 * tenth);
            left = tenth;
        }
    }

    /** So many digits behind the point make ten in all; none where there are as many before it. */
    private static int places(double magnitude) {
        // ⌊e·log₁₀2⌋, which is the exponent of ten or one less
        int exponent = Math.getExponent(magnitude) * 78_913 >> 18;
        int places = DIGITS - 1 - exponent;
        if (places <= 0) {
            return 0;
        }
        return magnitude * POWERS[places] >= POWERS[DIGITS] ? places - 1 : places;
    }
}
