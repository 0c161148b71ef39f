package io.foretide.generation;

/** Who may compute when. */
@FunctionalInterface
public interface Turns {
    /** Whoever comes computes at once. */
    Turns AT_ONCE = Runnable::run;

    /** Does a slice of work, of about a millisecond, when its turn has come. Returns when it is done. */
    void take(Runnable slice);
}
