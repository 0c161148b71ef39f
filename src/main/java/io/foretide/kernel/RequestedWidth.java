package io.foretide.kernel;

/** The vector width that the command line asks for, for tests and comparisons; whoever asks for none gets the widest. */
final class RequestedWidth {
    /** In bits: 512, 256, 128, or 0 for the scalar implementation. */
    static final String PROPERTY = "io.foretide.kernel.bits";

    static final int NONE = -1;

    private RequestedWidth() {}

    static int bits() {
        return Integer.getInteger(PROPERTY, NONE);
    }
}
