package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.Seen.Span;
import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What two trainings saw, one after the other. */
class SeenTest {
    private static final Instant EARLY = Instant.parse("2024-01-05T00:00:00Z");
    private static final Instant LATE = Instant.parse("2024-02-05T00:00:00Z");
    private static final TimeSeries UNTIMED = new TimeSeries("a", null, new double[100], Covariates.NONE);

    private static Seen seen(Span span) {
        return new Seen(Map.of("a", span));
    }

    @Test
    void isWhatEitherSawOfASeries() {
        Seen later = seen(new Span(20, EARLY));
        Seen earlier = seen(new Span(50, LATE));

        assertThat(later.and(earlier)).isEqualTo(earlier.and(later)).isEqualTo(earlier);
    }

    @Test
    void keepsSeriesThatOnlyOneSaw() {
        Seen together = seen(new Span(20, EARLY)).and(new Seen(Map.of("b", new Span(7, null))));

        assertThat(together.spans()).containsOnlyKeys("a", "b");
    }

    @Test
    void isAllOfASeriesThatHadTimesOnlyOnce() {
        Seen together = seen(new Span(20, null)).and(seen(new Span(10, LATE)));

        assertThat(together.hasSeen(UNTIMED, 99)).isTrue();
    }

    @Test
    void isAsManyStepsAsTheLongerWithoutTimes() {
        Seen together = seen(new Span(20, null)).and(seen(new Span(50, null)));

        assertThat(together.hasSeen(UNTIMED, 49)).isTrue();
        assertThat(together.hasSeen(UNTIMED, 50)).isFalse();
    }
}
