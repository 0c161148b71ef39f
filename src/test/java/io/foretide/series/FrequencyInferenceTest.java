package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyInferenceTest {
    @ParameterizedTest
    @CsvSource({
        "2024-01-01 2024-02-01 2024-03-01, MS",
        "2024-07-01 2024-08-01 2024-09-01, MS",
        "2024-01-31 2024-02-29 2024-03-31, ME",
        "2024-01-15 2024-02-15 2024-03-15, P1M",
        "2024-01-30 2024-02-29 2024-03-30, P1M",
        "2024-01-01 2024-04-01 2024-07-01, QS",
        "2024-03-31 2024-06-30 2024-09-30, QE",
        "2024-02-29 2024-03-29 2024-04-29, P1M",
        "2021-01-01 2022-01-01 2023-01-01, YS",
        "2022-12-31 2023-12-31 2024-12-31, YE",
        "2020-06-15 2021-06-15 2022-06-15, P12M",
        "2020-01-01 2022-01-01 2024-01-01, 2YS",
        "2024-01-06 2024-01-07 2024-01-08, D",
        "2024-01-01 2024-01-08 2024-01-15, W",
        "2024-01-01 2024-01-15 2024-01-29, 2W",
        "2024-01-05 2024-01-15 2024-01-25, 10D",
        "2024-01-01T00:00 2024-01-01T01:00 2024-01-01T02:00, h",
        "2024-01-01T00:00 2024-01-01T06:00 2024-01-01T12:00, 6h",
        "2024-01-01T00:00 2024-01-01T00:30 2024-01-01T01:00, 30min",
        "2024-01-01T00:00:00 2024-01-01T00:00:01 2024-01-01T00:00:02, s",
        "2024-01-01T00:00:00.000 2024-01-01T00:00:00.250 2024-01-01T00:00:00.500, 250ms",
        "2024-01-01T00:00 2024-01-02T12:00 2024-01-04T00:00, 36h",
        // With gaps.
        "2024-01-01 2024-02-01 2024-04-01, MS",
        "2024-01-01 2024-02-01 2024-03-01 2024-07-01 2025-07-01 2025-08-01, MS",
        "2024-01-01 2024-01-02 2024-01-07 2024-01-08, D",
        "2024-01-01T00:00 2024-01-01T01:00 2024-01-03T01:00, h"
    })
    void findsTheFrequencyOf(String times, String expected) {
        assertThat(Frequency.infer(times(times))).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-01-01",
                "2024-01-01 2024-01-02",
                "2024-01-01 2024-01-03 2024-01-06", // the smallest does not divide the others
                "2024-01-01 2024-01-02 2024-01-09 2024-01-16 2024-01-23", // mostly weeks
                "2024-01-01T00:00 2024-01-01T00:07 2024-01-01T01:11",
                "2024-01-01 2024-01-01 2024-01-01"
            })
    void refusesToGuess(String times) {
        assertThatThrownBy(() -> Frequency.infer(times(times)))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SERIES);
                    assertThat(problem.detail()).contains("Send freq");
                });
    }

    @Test
    void tellsBusinessDaysFromDaysAfterTwoWeekends() {
        List<ZonedDateTime> twoWeeks = steps("B", "2024-03-01", 12);

        assertThat(Frequency.infer(twoWeeks)).hasToString("B");
        assertThatThrownBy(() -> Frequency.infer(twoWeeks.subList(0, 5)))
                .hasMessageContaining("(D) or business days (B)");
        assertThatThrownBy(() -> Frequency.infer(steps("B", "2024-03-04", 5)))
                .hasMessageContaining("(D) or business days (B)");
        assertThat(Frequency.infer(steps("D", "2024-03-04", 6))).hasToString("D");
    }

    @Test
    void findsDaysAcrossClockChanges() {
        ZonedDateTime start = ZonedDateTime.of(2024, 3, 28, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"));

        List<ZonedDateTime> times =
                IntStream.range(0, 6).mapToObj(start::plusDays).toList();

        assertThat(Frequency.infer(times)).hasToString("D");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "5min", "h", "6h", "D", "B", "W", "MS", "ME", "QS", "YE", "P1M", "2MS", "3D"})
    void findsItAgainWhereAThirdIsMissing(String spelling) {
        Frequency frequency = Frequency.parse(spelling);
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            String start = spelling.endsWith("E") ? "2019-12-31" : spelling.endsWith("S") ? "2020-01-01" : "2020-01-13";
            List<ZonedDateTime> all = steps(spelling, start, 200);

            List<ZonedDateTime> some = Stream.concat(
                            all.stream().limit(2), all.stream().skip(2).filter(_ -> random.nextInt(3) > 0))
                    .toList();

            assertThat(Frequency.infer(some).sameSpacing(frequency))
                    .as("%s, seed %d: %s", spelling, seed, Frequency.infer(some))
                    .isTrue();
        }
    }

    private static List<ZonedDateTime> steps(String spelling, String start, int count) {
        ZonedDateTime first = times(start).getFirst();
        Frequency frequency = Frequency.parse(spelling);
        return IntStream.range(0, count).mapToObj(k -> frequency.plus(first, k)).toList();
    }

    private static List<ZonedDateTime> times(String text) {
        return Stream.of(text.split(" "))
                .map(time -> ZonedDateTime.parse((time.contains("T") ? time : time + "T00:00") + "Z"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-01 2024-02-01 2024-03-01 2024-03-08, M",
        "2024-01-31 2024-02-29 2024-03-31 2024-04-02, M",
        "2024-01-01 2024-04-01 2024-04-02 2024-07-01 2024-10-01, Q",
        "2021-01-01 2022-01-01 2022-01-02, Y",
        "2024-01-01 2024-01-08 2024-01-15 2024-01-16, W",
        "2024-01-04 2024-01-05 2024-01-08 2024-01-08T12:00, B",
        "2024-03-29 2024-03-30 2024-03-31 2024-04-01 2024-04-02T01:00, D",
        "2024-01-01T00:00 2024-01-01T01:00 2024-01-01T02:00 2024-01-01T02:20, h",
        "2024-01-01T00:00 2024-01-01T00:07 2024-01-01T00:14 2024-01-01T00:15, 7min",
        "2024-01-01 2026-01-01 2034-01-01, ''"
    })
    void takesTheMostCommonOfSeveralSteps(String times, String expected) {
        Optional<Frequency> frequency = Frequency.mostCommon(Stream.of(times.split(" "))
                .map(time -> time.contains("T")
                        ? LocalDateTime.parse(time)
                        : LocalDate.parse(time).atStartOfDay())
                .map(time -> time.atZone(ZoneId.of("Europe/Berlin")))
                .toList());

        assertThat(frequency.map(Frequency::spelling).orElse("")).isEqualTo(expected);
    }

    @Test
    void looksAtEachOfTheFirstTimesOnce() {
        var looks = new AtomicInteger();
        var times = new CountedTimes(1_000_000, looks);

        Frequency.mostCommon(times);

        assertThat(looks).hasValueLessThanOrEqualTo(10_000);
    }

    /** Times at distances that tell nothing. */
    private static final class CountedTimes extends AbstractList<ZonedDateTime> implements RandomAccess {
        private final int size;
        private final AtomicInteger looks;

        CountedTimes(int size, AtomicInteger looks) {
            this.size = size;
            this.looks = looks;
        }

        @Override
        public ZonedDateTime get(int index) {
            looks.incrementAndGet();
            return Instant.ofEpochSecond((long) index * index).atZone(ZoneOffset.UTC);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
