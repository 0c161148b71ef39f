package io.foretide.generation;

import java.util.Arrays;

/**
 * All that a continuation depends on beside the model and the seed: what the layers carry, how many tokens were read, and the
 * end of the text that may yet become another token by what follows. Has exactly one owner.
 */
public final class LanguageState {
    final float[] numbers;

    /** How many tokens were read or generated. */
    long position;

    /** The last of them. */
    int last;

    /** Whether white space follows it. */
    boolean spaced;

    /** Text that is not a token yet. */
    String pending;

    LanguageState(float[] numbers, long position, int last, boolean spaced, String pending) {
        this.numbers = numbers;
        this.position = position;
        this.last = last;
        this.spaced = spaced;
        this.pending = pending;
    }

    public LanguageState copy() {
        return new LanguageState(numbers.clone(), position, last, spaced, pending);
    }

    /** How many tokens were read or generated. */
    public long position() {
        return position;
    }

    /** The numbers have just moved on by this token. */
    void take(int token) {
        position++;
        last = token;
        spaced = false;
    }

    /** Bit for bit. */
    public boolean sameAs(LanguageState other) {
        return position == other.position
                && last == other.last
                && spaced == other.spaced
                && pending.equals(other.pending)
                && Arrays.equals(numbers, other.numbers);
    }
}
