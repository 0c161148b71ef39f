package io.foretide.kernel;

/** Rows of a table by their numbers: what a token is to a network. Plain loops, which wait for memory anyway. */
final class Embedding {
    private Embedding() {}

    /**
     * Copies the rows of some tokens.
     *
     * @param table a row after the other, from {@code offset} on
     * @param to rows {@code ldto} apart
     */
    static void lookUp(int[] tokens, int count, float[] table, int offset, int size, float[] to, int ldto) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(table, offset + tokens[i] * size, to, i * ldto, size);
        }
    }

    /** Adds the gradient by what was looked up to that by the table, in the order of the tokens. */
    static void addGradient(
            int[] tokens, int count, float[] gradient, int ldg, float[] tableGradient, int offset, int size) {
        for (int i = 0; i < count; i++) {
            int row = offset + tokens[i] * size;
            for (int j = 0; j < size; j++) {
                tableGradient[row + j] += gradient[i * ldg + j];
            }
        }
    }
}
