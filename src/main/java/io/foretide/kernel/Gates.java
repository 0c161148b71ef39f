package io.foretide.kernel;

/** The element-wise half of a recurrent unit: what becomes of the sums of one row, and the way back. */
sealed interface Gates permits ScalarSimpleRnn, ScalarLstm, ScalarGru, VectorSimpleRnn, VectorLstm, VectorGru {
    /**
     * The sums of a row become its activations, in place; the state at {@code from} gives the state at {@code to}, which
     * may be the same place.
     *
     * @param z where the row starts in {@link Tape#z}
     * @param from where the row of the state before starts in {@link Tape#h}
     * @param to where the row of the state after starts
     */
    void forward(Tape tape, int z, int from, int to);

    /**
     * The activations of a row become the gradient of its sums, in place. The gradient of the state after, at {@code d} in
     * {@link Tape#dh} and {@link Tape#dc}, becomes that of the state before as far as it does not pass the product h·R.
     */
    void backward(Tape tape, int z, int from, int to, int d);
}
