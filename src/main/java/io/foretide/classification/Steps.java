package io.foretide.classification;

import java.util.List;

/** The steps of many sequences as networks read them. */
sealed interface Steps {
    int length(int sequence);

    /** Writes what goes into a network at a step. */
    void inputs(int sequence, int step, WordTable words, float[] to, int offset);

    /**
     * Steps of values.
     *
     * @param numbers of each sequence [steps][inputs]
     */
    record OfValues(int inputs, List<float[]> numbers) implements Steps {
        static OfValues of(ValueScale scale, List<float[][]> scaled) {
            int inputs = scale.inputs();
            return new OfValues(
                    inputs, scaled.stream().map(one -> flat(scale, one, inputs)).toList());
        }

        private static float[] flat(ValueScale scale, float[][] scaled, int inputs) {
            float[] flat = new float[scaled.length * inputs];
            for (int step = 0; step < scaled.length; step++) {
                scale.toInputs(scaled[step], flat, step * inputs);
            }
            return flat;
        }

        @Override
        public int length(int sequence) {
            return numbers.get(sequence).length / inputs;
        }

        @Override
        public void inputs(int sequence, int step, WordTable words, float[] to, int offset) {
            System.arraycopy(numbers.get(sequence), step * inputs, to, offset, inputs);
        }
    }

    /**
     * Words by their numbers.
     *
     * @param words of each sequence
     */
    record OfWords(List<int[]> words) implements Steps {
        @Override
        public int length(int sequence) {
            return words.get(sequence).length;
        }

        @Override
        public void inputs(int sequence, int step, WordTable table, float[] to, int offset) {
            table.copy(words.get(sequence)[step], to, offset);
        }
    }
}
