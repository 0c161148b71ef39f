package io.foretide.kernel;

/** Which implementation of the mathematics this process computes with, chosen once by what the processor offers. */
public final class Kernel {
    private static final String MODULE = "jdk.incubator.vector";

    private static final FloatOps FASTEST = choose();

    private Kernel() {}

    /** For people, such as {@code 512-bit vectors}, or {@code scalar} and why. */
    public static String description() {
        return FASTEST.description();
    }

    static FloatOps fastest() {
        return FASTEST;
    }

    private static FloatOps choose() {
        if (RequestedWidth.bits() == 0) {
            return new ScalarOps("scalar, as asked for");
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return new ScalarOps("scalar, slow: start Java with --add-modules " + MODULE);
        }
        // No class that names a vector is loaded before this line.
        return VectorOps.supported() ? new VectorOps() : new ScalarOps("scalar, slow: the processor offers no vectors");
    }
}
