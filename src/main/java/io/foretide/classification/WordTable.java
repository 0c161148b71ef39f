package io.foretide.classification;

/**
 * What words are to a network: as many numbers each. Words beyond the table are as the unknown one, number 0.
 *
 * @param parameters which hold the numbers of one word behind those of the other, from a place on
 */
record WordTable(int words, int size, float[] parameters, int from) {
    /** Copies the numbers of a word. */
    void copy(int word, float[] to, int offset) {
        System.arraycopy(parameters, from + (word < words ? word : 0) * size, to, offset, size);
    }
}
