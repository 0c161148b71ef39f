package io.foretide.generation;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What was trained on, as a sketch: of all windows of a text those whose hashes are the least. So much of a text as is in it
 * was seen, whatever stands around.
 *
 * @param hashes ascending
 */
record SeenText(long[] hashes) {
    static final int MOST = 1 << 14;

    /** Characters of a window: long enough that two texts do not share one by chance. */
    private static final int WINDOW = 48;

    private static final long BASE = 0x9E3779B97F4A7C15L | 1;

    /** A text that has so much in common was seen: less may be a quotation. */
    private static final double SHARE = 0.05;

    static final SeenText NOTHING = new SeenText(new long[0]);

    SeenText {
        if (hashes.length > MOST) {
            throw new IllegalArgumentException("%d hashes, the limit is %d".formatted(hashes.length, MOST));
        }
        for (int i = 1; i < hashes.length; i++) {
            if (hashes[i - 1] >= hashes[i]) {
                throw new IllegalArgumentException("hashes must ascend");
            }
        }
    }

    static SeenText of(String text) {
        return least(windows(text, Long.MAX_VALUE));
    }

    SeenText and(SeenText other) {
        return least(LongStream.concat(Arrays.stream(hashes), Arrays.stream(other.hashes)).toArray());
    }

    private static SeenText least(long[] all) {
        return new SeenText(
                Arrays.stream(all).sorted().distinct().limit(MOST).toArray());
    }

    boolean has(String text) {
        if (hashes.length == 0) {
            return false;
        }
        long most = hashes.length < MOST ? Long.MAX_VALUE : hashes[MOST - 1];
        long[] comparable = windows(text, most);
        long found = Arrays.stream(comparable)
                .filter(hash -> Arrays.binarySearch(hashes, hash) >= 0)
                .count();
        return found > 0 && found >= SHARE * comparable.length;
    }

    /** The hashes of windows up to a largest; of a text that is shorter than a window, that of the text. */
    private static long[] windows(String text, long most) {
        int length = Math.min(WINDOW, text.length());
        long[] found = new long[16];
        int count = 0;
        long hash = 0, highest = 1;
        for (int i = 1; i < length; i++) {
            highest *= BASE;
        }
        for (int i = 0; i < text.length(); i++) {
            if (i >= length) {
                hash -= highest * text.charAt(i - length);
            }
            hash = hash * BASE + text.charAt(i);
            long mixed = mix(hash);
            if (i >= length - 1 && mixed <= most) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = mixed;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
