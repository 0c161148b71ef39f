package io.foretide.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

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

    private static final long BASE = 0x9E3779B97F4A7C15L;

    /** Less in common may be a quotation. */
    private static final double SHARE = 0.05;

    /** Of fewer windows that the sketch would have, nothing can be told. */
    private static final int FEWEST = 20;

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
        var least = new Least();
        forEachWindow(text, least);
        return least.seen();
    }

    SeenText and(SeenText other) {
        var least = new Least();
        Arrays.stream(hashes).forEach(least);
        Arrays.stream(other.hashes).forEach(least);
        return least.seen();
    }

    /** Whether so much of a text was seen that it is no quotation. */
    boolean has(String text) {
        var found = new Found();
        find(text, found);
        return found.isMuch();
    }

    /**
     * Those of some pieces of a text that {@link #has} not. The more was trained on, the fewer windows of a piece the sketch would have;
     * where they are too few, all pieces together decide about it.
     */
    List<String> unseen(List<String> pieces) {
        var all = new Found();
        List<Found> each = new ArrayList<>();
        for (String piece : pieces) {
            var found = new Found();
            find(piece, found);
            each.add(found);
            all.comparable += found.comparable;
            all.seen += found.seen;
        }
        return IntStream.range(0, pieces.size())
                .filter(i -> !(each.get(i).comparable < FEWEST ? all : each.get(i)).isMuch())
                .mapToObj(pieces::get)
                .toList();
    }

    private void find(String text, Found found) {
        long most = hashes.length < MOST ? Long.MAX_VALUE : hashes[MOST - 1];
        forEachWindow(text, hash -> {
            if (hash <= most) {
                found.comparable++;
                found.seen += Arrays.binarySearch(hashes, hash) >= 0 ? 1 : 0;
            }
        });
    }

    /** How many windows of a text the sketch would have, and how many of them it has. */
    private static final class Found {
        private long comparable;
        private long seen;

        boolean isMuch() {
            return seen > 0 && seen >= SHARE * comparable;
        }
    }

    /** Gives the hash of each window; of a text that is shorter than a window, that of the text. */
    private static void forEachWindow(String text, LongConsumer consumer) {
        int length = Math.min(WINDOW, text.length());
        long hash = 0, highest = 1;
        for (int i = 1; i < length; i++) {
            highest *= BASE;
        }
        for (int i = 0; i < text.length(); i++) {
            if (i >= length) {
                hash -= highest * text.charAt(i - length);
            }
            hash = hash * BASE + text.charAt(i);
            if (i >= length - 1) {
                consumer.accept(Sampler.mix(hash));
            }
        }
    }

    /** Keeps the least of many numbers, each once. */
    private static final class Least implements LongConsumer {
        private final long[] kept = new long[4 * MOST];
        private int count;
        private long most = Long.MAX_VALUE;

        @Override
        public void accept(long hash) {
            if (hash <= most) {
                kept[count++] = hash;
                if (count == kept.length) {
                    tidy();
                }
            }
        }

        private void tidy() {
            long[] least = Arrays.stream(kept, 0, count)
                    .sorted()
                    .distinct()
                    .limit(MOST)
                    .toArray();
            System.arraycopy(least, 0, kept, 0, least.length);
            count = least.length;
            most = count == MOST ? least[MOST - 1] : Long.MAX_VALUE;
        }

        private SeenText seen() {
            tidy();
            return new SeenText(Arrays.copyOf(kept, count));
        }
    }
}
