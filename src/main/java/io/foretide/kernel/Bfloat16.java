package io.foretide.kernel;

/**
 * Numbers of which the upper 16 bits are all: a float's sign and exponent, and seven bits of its fraction. They take half the
 * memory, and are floats again by a shift.
 */
public final class Bfloat16 {
    private static final int LOWER = 0xFFFF;

    private Bfloat16() {}

    /** The nearest such numbers, of two that are as near the even one. */
    public static float[] nearest(float[] numbers) {
        float[] nearest = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            nearest[i] = nearest(numbers[i]);
        }
        return nearest;
    }

    private static float nearest(float number) {
        if (!Float.isFinite(number)) {
            return number;
        }
        int bits = Float.floatToRawIntBits(number), odd = bits >>> 16 & 1;
        return Float.intBitsToFloat(bits + (LOWER >>> 1) + odd & ~LOWER);
    }

    /** Whether it is one. */
    static boolean is(float number) {
        return (Float.floatToRawIntBits(number) & LOWER) == 0;
    }

    /** Two in one: the first in the upper bits. */
    static int pair(float first, float second) {
        return Float.floatToRawIntBits(first) | Float.floatToRawIntBits(second) >>> 16;
    }
}
