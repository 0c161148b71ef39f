package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GramTest {
    @ParameterizedTest(name = "{0} rows of {1}")
    @CsvSource({"1,1", "7,5", "256,33", "600,40"})
    void addsUpProductsOfColumnsAndVectorsGiveTheSameBits(int rows, int columns) {
        float[] a = Numbers.random(new Random(3), rows * columns);
        var scalar = new Gram(new ScalarOps("scalar"), columns);
        var fastest = new Gram(columns);
        for (int row = 0; row < rows; row++) {
            scalar.add(a, row * columns, columns);
            fastest.add(a, row * columns, columns);
        }

        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < columns; j++) {
                double expected = 0;
                for (int row = 0; row < rows; row++) {
                    expected += (double) a[row * columns + i] * a[row * columns + j];
                }
                assertThat((double) fastest.at(i, j)).isCloseTo(expected, within(1e-3));
                assertThat(fastest.at(i, j)).isEqualTo(scalar.at(i, j));
            }
        }
    }
}
