package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final int[] TOKENS = {2, 0, 2};

    @Test
    void looksRowsUp() {
        float[] table = {9, 1, 2, 3, 4, 5, 6}, to = new float[9];

        Embedding.lookUp(TOKENS, 3, table, 1, 2, to, 3);

        assertThat(to).containsExactly(5, 6, 0, 1, 2, 0, 5, 6, 0);
    }

    @Test
    void addsUpTheGradientOfATokenThatComesTwice() {
        float[] gradient = {1, 2, 99, 3, 4, 99, 5, 6, 99}, table = new float[7];

        Embedding.addGradient(TOKENS, 3, gradient, 3, table, 1, 2);

        assertThat(table).containsExactly(0, 3, 4, 0, 0, 6, 8);
    }
}
