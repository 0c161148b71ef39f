package io.foretide.classification;

import io.foretide.network.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which sequences are held out from all, and in which fold each of the others is: every label is spread over both as evenly as
 * it goes.
 *
 * @param heldOut places in the data, ascending
 * @param learned places in the data, ascending
 * @param folds of each of the learned ones
 */
record Partition(int[] heldOut, int[] learned, int[] folds) {
    static Partition of(int[] truth, int labels, double split, int foldCount, long seed) {
        boolean[] out = new boolean[truth.length];
        int[] fold = new int[truth.length];
        double owed = 0;
        int next = 0;
        for (int label = 0; label < labels; label++) {
            List<Integer> some = new ArrayList<>();
            for (int i = 0; i < truth.length; i++) {
                if (truth[i] == label) {
                    some.add(i);
                }
            }
            Collections.shuffle(some, new Random(Seeds.at(seed, Long.MAX_VALUE - label)));
            owed += split * some.size();
            int count = Math.max(0, Math.min((int) Math.round(owed), some.size() - 1)); // one is to be learned from
            owed -= count;
            for (int i = 0; i < some.size(); i++) {
                out[some.get(i)] = i < count;
                fold[some.get(i)] = i < count ? -1 : next++ % foldCount;
            }
        }
        return new Partition(
                where(out, true),
                where(out, false),
                Arrays.stream(fold).filter(i -> i >= 0).toArray());
    }

    private static int[] where(boolean[] flags, boolean wanted) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < flags.length; i++) {
            if (flags[i] == wanted) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(i -> i).toArray();
    }
}
