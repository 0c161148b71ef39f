package io.foretide.kernel;

/** Which implementation of the mathematics this process computes with. */
public final class Kernel {
    private Kernel() {}

    /** For people, such as {@code scalar}. */
    public static String description() {
        return "scalar";
    }
}
