package io.foretide.sequences;

/**
 * How much one request may hold.
 *
 * @param sequences the most sequences
 * @param numbers the most numbers over all sequences, of skipped steps as well
 * @param channels the most numbers of a step
 * @param textLength the most characters of one text
 * @param nameLength the most characters of an id or a label
 */
public record SequenceLimits(int sequences, long numbers, int channels, int textLength, int nameLength) {
    /** Of sequences that were accepted once, whatever the limits are by then. */
    public static final SequenceLimits NONE = new SequenceLimits(
            Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
