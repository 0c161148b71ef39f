package io.foretide.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
    @Test
    void isTheNearest() {
        for (float number : Numbers.random(new Random(1), 10_000)) {
            float nearest = nearest(number), spacing = 65536 * Math.ulp(nearest);

            assertThat(Bfloat16.is(nearest)).isTrue();
            assertThat(Math.abs((double) nearest - number)).isLessThanOrEqualTo(spacing / 2);
        }
    }

    @Test
    void ofTwoThatAreAsNearIsTheEvenOne() {
        assertThat(nearest(1 + 1 / 256f)).isEqualTo(1);
        assertThat(nearest(1 + 3 / 256f)).isEqualTo(1 + 4 / 256f);
        assertThat(nearest(-1 - 3 / 256f)).isEqualTo(-1 - 4 / 256f);
    }

    @Test
    void whatIsOneStays() {
        for (float number : new float[] {0, -0.0f, 1, -1.5f, 0x1p-126f, Float.POSITIVE_INFINITY}) {
            assertThat(nearest(number)).isEqualTo(number);
        }
        assertThat(nearest(Float.NaN)).isNaN();
    }

    private static float nearest(float number) {
        return Bfloat16.nearest(new float[] {number})[0];
    }
}
