package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortDecimalTest {
    private static final int COUNT = 50_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void roundsToTheNearestDecimalOfTenDigits(long seed) {
        numbers(seed).forEach(value -> {
            double rounded = ShortDecimal.rounded(value);

            if (Math.abs(value) < 1e-12) {
                assertThat(rounded).isEqualTo(value);
                return;
            }

            assertThat(rounded).isCloseTo(value, within(0.5000001e-9 * Math.abs(value)));
            assertThat(digits(rounded) <= 10 || rounded == Math.rint(value))
                    .as("%s, of %s", rounded, value)
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void leavesNumbersOfTenDigitsAndWholeOnesAsTheyAre(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < COUNT; i++) {
            double few = new BigDecimal(random.nextLong(10_000_000_000L))
                    .scaleByPowerOfTen(-random.nextInt(13))
                    .doubleValue();
            double whole = random.nextLong(1L << 53) >> random.nextInt(53);

            assertThat(ShortDecimal.rounded(few)).isEqualTo(few);
            assertThat(ShortDecimal.rounded(-few)).isEqualTo(-few);
            assertThat(ShortDecimal.rounded(whole)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, 1e-12, 1e-13, 4.9e-324, 1.7976931348623157e308, 0x1p53, 123_456_789})
    void leavesTheSmallestAndTheLargestAsTheyAre(double value) {
        assertThat(ShortDecimal.rounded(value)).isEqualTo(value);
        assertThat(ShortDecimal.rounded(-value)).isEqualTo(-value);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void keepsTheOrderOfNumbers(long seed) {
        var random = new Random(seed);
        numbers(seed).forEach(value -> {
            double near = value * (1 + random.nextGaussian() * Math.pow(10, -random.nextInt(8, 17)));

            assertThat(Double.compare(ShortDecimal.rounded(value), ShortDecimal.rounded(near))
                            * Double.compare(value, near))
                    .as("%s and %s", value, near)
                    .isNotNegative();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void writesWhatIsShortAsJavaDoes(long seed) {
        numbers(seed)
                .flatMap(value -> DoubleStream.of(value, ShortDecimal.rounded(value)))
                .forEach(value -> {
                    byte[] text = new byte[1 + ShortDecimal.LONGEST];

                    int end = ShortDecimal.write(value, text, 1);

                    boolean written = end > 1;
                    assertThat(new String(text, 1, end - 1, StandardCharsets.US_ASCII))
                            .isEqualTo(written ? "" + value : "");
                    assertThat(written).isEqualTo(isPlain(value) && digits(value) <= 10);
                });
    }

    private static boolean isPlain(double value) {
        return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7;
    }

    private static int digits(double value) {
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().precision();
    }

    /** Of all sizes, many of them common ones; with few digits, with many, and next to powers of ten. */
    private static DoubleStream numbers(long seed) {
        var random = new Random(seed);
        return DoubleStream.generate(() -> switch (random.nextInt(4)) {
                    case 0 -> Double.longBitsToDouble(random.nextLong());
                    case 1 -> random.nextGaussian() * Math.pow(10, random.nextInt(-13, 18));
                    case 2 ->
                        new BigDecimal(random.nextGaussian() * 1000)
                                .round(new MathContext(random.nextInt(1, 13)))
                                .doubleValue();
                    default -> {
                        double power = Math.pow(10, random.nextInt(-13, 18));
                        yield power + random.nextInt(-3, 4) * Math.ulp(power);
                    }
                })
                .filter(Double::isFinite)
                .limit(COUNT);
    }
}
