package io.foretide.network;

import java.util.SplittableRandom;

/**
 * Seeds for the draws of a training. Each follows from the seed of the training and the place of the draw, and from no
 * generator's history: so a training of whichever task may stop and go on anywhere.
 */
public final class Seeds {
    private Seeds() {}

    /** The seed of a member, counted from 0: the first has that of the training, the others draw at places before all epochs. */
    public static long ofMember(long seed, int member) {
        return member == 0 ? seed : at(seed, -member);
    }

    /** Mixed twice, so that neither neighbouring places nor neighbouring seeds give related draws. */
    public static long at(long seed, long place) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + place).nextLong();
    }
}
