package io.foretide.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The vector width of this process. Loops are written in terms of LANES, never of 16 or 8. */
final class Lanes {
    /** Constant, because only then the compiler turns operations on vectors into instructions. */
    static final VectorSpecies<Float> SPECIES = switch (RequestedWidth.bits()) {
        case 128 -> FloatVector.SPECIES_128;
        case 256 -> FloatVector.SPECIES_256;
        case 512 -> FloatVector.SPECIES_512;
        default -> widest();
    };

    static final int LANES = SPECIES.length();

    private Lanes() {}

    /** Padding and stripes are made for 512 bits at most. */
    private static VectorSpecies<Float> widest() {
        VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        return preferred.vectorBitSize() > 512 ? FloatVector.SPECIES_512 : preferred;
    }

    static boolean supported() {
        return SPECIES.vectorBitSize() >= 128
                && SPECIES.vectorBitSize() <= FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }
}
