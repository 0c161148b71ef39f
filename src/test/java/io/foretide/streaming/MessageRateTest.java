package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageRateTest {
    private static final long SECOND = 1_000_000_000;

    private static long admitted(MessageRate rate, long from, long until, long step) {
        return LongStream.iterate(from, now -> now < until, now -> now + step)
                .filter(rate::admits)
                .count();
    }

    @Test
    void admitsTheRateForEver() {
        var rate = new MessageRate(100, 5);

        assertThat(admitted(rate, 5, 5 + 60 * SECOND, SECOND / 100)).isEqualTo(6000);
    }

    @Test
    void admitsASecondsWorthAtOnceAndThenTheRate() {
        var rate = new MessageRate(100, 0);

        assertThat(LongStream.range(0, 1000).filter(i -> rate.admits(0)).count())
                .isEqualTo(100);
        assertThat(admitted(rate, 0, 10 * SECOND, SECOND / 1000)).isEqualTo(999);
    }

    @Test
    void countsOnAcrossTheEndOfTheClock() {
        var rate = new MessageRate(10, Long.MAX_VALUE - 5);

        assertThat(rate.admits(Long.MAX_VALUE)).isTrue();
        assertThat(rate.admits(Long.MIN_VALUE + 5)).isTrue();
    }
}
