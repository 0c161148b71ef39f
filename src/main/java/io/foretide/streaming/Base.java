package io.foretide.streaming;

import java.util.Arrays;

/**
 * A walk at a count of observations: what else is needed to go on from there is the steps after it.
 *
 * @param seq the count of the last observation that is in it; 0 before the first, below 0 within the series that the session was
 *     opened with
 * @param state the packed state; never changed by anyone
 * @param scored how many observations were held against the forecast made before them
 * @param inside how many of these lay in the central 80 %
 */
record Base(long seq, byte[] state, long scored, long inside) {
    Base {
        if (inside < 0 || scored < inside) {
            throw new IllegalArgumentException("no base: seq " + seq + ", scored " + scored + ", inside " + inside);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Base(long itsSeq, byte[] itsState, long itsScored, long itsInside)
                && seq == itsSeq
                && scored == itsScored
                && inside == itsInside
                && Arrays.equals(state, itsState);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seq) * 31 + Arrays.hashCode(state);
    }

    @Override
    public String toString() {
        return "Base[" + seq + ", " + state.length + " bytes, " + scored + ", " + inside + "]";
    }
}
