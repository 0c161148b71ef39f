package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductsTest {
    private static final FloatOps scalar = new ScalarOps("scalar");
    private static final FloatOps fastest = Kernel.fastest();

    static IntStream sizes() {
        return Numbers.awkwardSizes();
    }

    @ParameterizedTest(name = "{0} rows")
    @MethodSource("sizes")
    void vectorsGiveWhatTheDefinitionGivesForAnyNumberOfRows(int rows) {
        var product = new Product(new Random(rows), rows, 40, 96);

        Numbers.assertSame(product.by(fastest), product.byChains());
        Numbers.assertSame(product.by(scalar), product.byChains());
    }

    @ParameterizedTest(name = "{0} terms")
    @MethodSource("sizes")
    void vectorsGiveWhatTheDefinitionGivesForAnyNumberOfTerms(int depth) {
        for (int rows : new int[] {1, 6, 13}) {
            var product = new Product(new Random(depth), rows, depth, 64);

            Numbers.assertSame(product.by(fastest), product.byChains());
            Numbers.assertSame(product.by(scalar), product.byChains());
        }
    }

    @ParameterizedTest(name = "{0} columns")
    @MethodSource("sizes")
    void vectorsGiveWhatTheDefinitionGivesForAnyNumberOfColumns(int columns) {
        for (int rows : new int[] {1, 3, 17}) {
            var product = new Product(new Random(columns), rows, 20, FloatOps.padded(columns));

            Numbers.assertSame(product.by(fastest), product.byChains());
            Numbers.assertSame(product.by(scalar), product.byChains());
        }
    }

    @ParameterizedTest(name = "{0} terms")
    @MethodSource("sizes")
    void aMatrixInHalfTheMemoryGivesTheSame(int depth) {
        for (int rows : new int[] {1, 2, 7, 9}) {
            for (int columns : new int[] {32, 64, 96, 160}) {
                var product = new Product(new Random(depth), rows, depth, columns).ofBfloat16();

                Numbers.assertSame(product.byPairs(fastest), product.byChains());
                Numbers.assertSame(product.byPairs(scalar), product.byChains());
            }
        }
    }

    @Test
    void aMatrixThatWouldLoseByItIsNotKeptInHalfTheMemory() {
        var exact = new PackedMatrix(fastest, 3, 32);
        var inexact = new PackedMatrix(fastest, 3, 32);
        inexact.setRow(2, 31, new float[] {0.1f}, 0, 1);

        assertThat(PairedPanels.of(exact)).isNotNull();
        assertThat(PairedPanels.of(exact).values).hasSize(3 * 32 / 2);
        assertThat(PairedPanels.of(inexact)).isNull();
    }

    @Test
    void someColumnsOfAMatrixAreInHalfTheMemoryOnTheirOwn() {
        var product = new Product(new Random(1), 1, 40, 192).ofBfloat16();
        PackedMatrix whole = product.packed(fastest), part = whole.columns(32, 96);
        float[] a = Numbers.random(new Random(2), 40), expected = new float[192], actual = new float[96];

        part.pair(fastest);
        fastest.multiplyAdd(1, a, 0, 40, whole, expected, 0, 192);
        fastest.multiplyAdd(1, a, 0, 40, part, actual, 0, 96);

        assertThat(whole.paired()).isNull();
        Numbers.assertSame(actual, Arrays.copyOfRange(expected, 32, 128));
    }

    @ParameterizedTest(name = "{0} rows")
    @MethodSource("sizes")
    void outerProductIsThatOfTheTransposed(int rows) {
        var random = new Random(rows);
        int inputs = 37, columns = 64;
        float[] a = Numbers.random(random, rows * inputs), b = Numbers.random(random, rows * columns);
        float[] start = Numbers.random(random, inputs * columns), expected = start.clone();
        for (int i = 0; i < inputs; i++) {
            for (int j = 0; j < columns; j++) {
                for (int row = 0; row < rows; row++) {
                    int at = i * columns + j;
                    expected[at] = Math.fma(a[row * inputs + i], b[row * columns + j], expected[at]);
                }
            }
        }

        for (FloatOps ops : new FloatOps[] {scalar, fastest}) {
            float[] actual = start.clone();
            var product = new OuterProduct(ops, columns);
            for (int from = 0; from < rows; from += OuterProduct.ROWS) {
                product.take(Math.min(OuterProduct.ROWS, rows - from), b, from * columns);
                product.add(inputs, a, from * inputs, inputs, actual);
            }
            Numbers.assertSame(actual, expected);
        }
    }

    /** A product in the midst of larger arrays, so that a write beside its place shows. */
    private record Product(int rows, int depth, int columns, float[] a, float[] b, float[] c) {
        private static final int OFFSET = 3;
        private static final int GAP = 5;

        Product(Random random, int rows, int depth, int columns) {
            this(
                    rows,
                    depth,
                    columns,
                    Numbers.random(random, OFFSET + rows * (depth + GAP)),
                    Numbers.random(random, OFFSET + depth * (columns + GAP)),
                    Numbers.random(random, 2 * OFFSET + rows * (columns + GAP)));
        }

        Product ofBfloat16() {
            return new Product(rows, depth, columns, a, Bfloat16.nearest(b), c);
        }

        PackedMatrix packed(FloatOps ops) {
            var packed = new PackedMatrix(ops, depth + 2, columns);
            packed.rows(depth);
            ops.pack(packed, b, OFFSET, columns + GAP);
            return packed;
        }

        float[] by(FloatOps ops) {
            return by(ops, packed(ops));
        }

        float[] byPairs(FloatOps ops) {
            PackedMatrix packed = packed(ops);
            packed.pair(ops);
            return by(ops, packed);
        }

        private float[] by(FloatOps ops, PackedMatrix packed) {
            float[] result = c.clone();
            ops.multiplyAdd(rows, a, OFFSET, depth + GAP, packed, result, OFFSET, columns + GAP);
            return result;
        }

        float[] byChains() {
            float[] result = c.clone();
            for (int row = 0; row < rows; row++) {
                for (int j = 0; j < columns; j++) {
                    int to = OFFSET + row * (columns + GAP) + j;
                    for (int k = 0; k < depth; k++) {
                        float x = a[OFFSET + row * (depth + GAP) + k], w = b[OFFSET + k * (columns + GAP) + j];
                        result[to] = Math.fma(x, w, result[to]);
                    }
                }
            }
            return result;
        }
    }
}
