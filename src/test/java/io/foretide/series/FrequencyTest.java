package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrequencyTest {
    @ParameterizedTest
    @CsvSource({
        "P1M, M",
        "P1M, ME",
        "P1M, MS",
        "P3M, Q",
        "P3M, QE",
        "P3M, QS",
        "QS, QS-OCT",
        "P1Y, Y",
        "P1Y, YE-DEC",
        "P1Y, YS",
        "P12M, Y",
        "P1Y, A",
        "AS, YS",
        "P1W, W",
        "P1W, W-SUN",
        "P7D, W",
        "P1D, D",
        "PT1H, h",
        "PT1H, H",
        "PT60M, h",
        "PT30M, 30min",
        "PT30M, 30T",
        "60min, h",
        "PT1S, s",
        "PT1S, S",
        "PT1M, min",
        "2h, PT2H",
        "15min, PT15M",
        "PT0.5S, 500ms",
        "P1Y6M, 18M",
        "2W, 14D"
    })
    void meansTheSameInBothSpellings(String one, String other) {
        assertThat(Frequency.parse(one).sameSpacing(Frequency.parse(other))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"P1D, PT24H", "M, Q", "D, B", "h, min", "W, D", "2M, M"})
    void tellsDifferentSpacingsApart(String one, String other) {
        assertThat(Frequency.parse(one).sameSpacing(Frequency.parse(other))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"M", "P1M", "30min", "W-SUN", "QS-OCT", "H"})
    void keepsTheSpellingThatWasSent(String spelling) {
        assertThat(Frequency.parse(spelling).spelling()).isEqualTo(spelling);
        assertThat(Frequency.parse(spelling)).hasToString(spelling).isEqualTo(Frequency.parse(spelling));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P0D",
                "0D",
                "PT0S",
                "-1D",
                "P-1D",
                "1",
                "m",
                "foo",
                "P1M1D",
                "P1DT1H",
                "PT1H ",
                "W-FOO",
                "D-SUN",
                "MS-JAN",
                "1.5h",
                "PT0.0001S",
                "999999999D",
                "P999999Y",
                "99999999999999999999h",
                "101Y",
                "P1.5D",
                "Q-SUN",
                "H\n"
            })
    void refusesWhatIsNoFrequency(String spelling) {
        assertThatThrownBy(() -> Frequency.parse(spelling)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(problem.detail()).contains("is not a frequency").contains("Send");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "Y, 1",
        "Q, 4",
        "M, 12",
        "W, 52",
        "D, 7",
        "B, 5",
        "h, 24",
        "30min, 48",
        "15min, 96",
        "10min, 144",
        "5min, 288",
        "min, 60",
        "s, 60",
        "2h, 12",
        "2D, 7",
        "3D, 7",
        "2M, 6",
        "6M, 2",
        "2Y, 1",
        "5Y, 1",
        "2W, 26",
        "P7D, 52",
        "PT24H, 7",
        "5B, 52",
        "7h, 24",
        "30s, 120",
        "100ms, 10",
        "ms, 1",
        "36h, 2",
        "P3M, 4",
        "PT1H, 24"
    })
    void knowsTheLengthOfASeason(String spelling, int seasonLength) {
        assertThat(Frequency.parse(spelling).seasonLength()).isEqualTo(seasonLength);
    }

    @ParameterizedTest
    @CsvSource({
        // The 31st comes back after shorter months, in both spellings.
        "P1M, 2024-01-31T00:00Z, 1, 2024-02-29T00:00Z",
        "P1M, 2024-01-31T00:00Z, 2, 2024-03-31T00:00Z",
        "P1M, 2023-01-31T00:00Z, 1, 2023-02-28T00:00Z",
        "MS, 2024-01-30T00:00Z, 1, 2024-02-29T00:00Z",
        // A start at a month's end stays there only where the spelling says so.
        "M, 2023-02-28T00:00Z, 1, 2023-03-31T00:00Z",
        "ME, 2024-04-30T00:00Z, 1, 2024-05-31T00:00Z",
        "P1M, 2024-04-30T00:00Z, 1, 2024-05-30T00:00Z",
        "MS, 2024-04-30T00:00Z, 1, 2024-05-30T00:00Z",
        "QE, 2024-06-30T00:00Z, 2, 2024-12-31T00:00Z",
        "Q, 2024-02-29T00:00Z, 4, 2025-02-28T00:00Z",
        "YE, 2023-02-28T00:00Z, 1, 2024-02-29T00:00Z",
        "P1Y, 2023-02-28T00:00Z, 1, 2024-02-28T00:00Z",
        "P1Y, 2024-02-29T00:00Z, 1, 2025-02-28T00:00Z",
        "P1Y, 2024-02-29T00:00Z, 4, 2028-02-29T00:00Z",
        "M, 2024-02-28T00:00Z, 1, 2024-03-28T00:00Z",
        "M, 1949-01-01T00:00Z, 143, 1960-12-01T00:00Z",
        "Q, 2024-01-01T00:00Z, -1, 2023-10-01T00:00Z",
        "W, 2024-02-26T00:00Z, 1, 2024-03-04T00:00Z",
        "D, 2024-02-28T00:00Z, 2, 2024-03-01T00:00Z",
        "D, 1900-02-28T00:00Z, 1, 1900-03-01T00:00Z",
        "B, 2024-03-01T00:00Z, 1, 2024-03-04T00:00Z",
        "B, 2024-03-04T00:00Z, 5, 2024-03-11T00:00Z",
        "B, 2024-03-04T00:00Z, -1, 2024-03-01T00:00Z",
        "B, 2024-03-02T00:00Z, 1, 2024-03-04T00:00Z",
        "2B, 2024-03-01T00:00Z, 1, 2024-03-05T00:00Z",
        "h, 2024-02-29T23:00Z, 1, 2024-03-01T00:00Z",
        // Berlin: no 02:00 to 03:00 on 31 March 2024, twice on 27 October.
        "D, 2024-03-30T00:00+01:00[Europe/Berlin], 2, 2024-04-01T00:00+02:00[Europe/Berlin]",
        "D, 2024-03-30T02:30+01:00[Europe/Berlin], 1, 2024-03-31T03:30+02:00[Europe/Berlin]",
        "D, 2024-03-30T02:30+01:00[Europe/Berlin], 2, 2024-04-01T02:30+02:00[Europe/Berlin]",
        "D, 2024-10-26T02:30+02:00[Europe/Berlin], 1, 2024-10-27T02:30+02:00[Europe/Berlin]",
        "D, 2024-10-28T02:30+01:00[Europe/Berlin], -1, 2024-10-27T02:30+02:00[Europe/Berlin]",
        "h, 2024-03-31T01:00+01:00[Europe/Berlin], 1, 2024-03-31T03:00+02:00[Europe/Berlin]",
        "h, 2024-10-27T02:00+02:00[Europe/Berlin], 1, 2024-10-27T02:00+01:00[Europe/Berlin]",
        "M, 2024-03-01T00:00+01:00[Europe/Berlin], 1, 2024-04-01T00:00+02:00[Europe/Berlin]",
        "PT24H, 2024-03-30T12:00+01:00[Europe/Berlin], 1, 2024-03-31T13:00+02:00[Europe/Berlin]",
        // New York: no 02:00 to 03:00 on 10 March 2024, 01:00 to 02:00 twice on 3 November.
        "D, 2024-03-09T12:00-05:00[America/New_York], 1, 2024-03-10T12:00-04:00[America/New_York]",
        "D, 2024-03-09T02:30-05:00[America/New_York], 1, 2024-03-10T03:30-04:00[America/New_York]",
        "D, 2024-11-02T01:30-04:00[America/New_York], 1, 2024-11-03T01:30-04:00[America/New_York]",
        "30min, 2024-03-10T01:30-05:00[America/New_York], 1, 2024-03-10T03:00-04:00[America/New_York]",
        "30min, 2024-11-03T01:30-04:00[America/New_York], 1, 2024-11-03T01:00-05:00[America/New_York]",
        "W, 2024-10-28T00:00-04:00[America/New_York], 1, 2024-11-04T00:00-05:00[America/New_York]",
        "B, 2024-03-08T09:00-05:00[America/New_York], 1, 2024-03-11T09:00-04:00[America/New_York]"
    })
    void stepsThroughTheCalendarOfTheZone(String spelling, String start, long steps, String expected) {
        Frequency frequency = Frequency.parse(spelling);

        ZonedDateTime reached = frequency.plus(ZonedDateTime.parse(start), steps);

        assertThat(reached).isEqualTo(ZonedDateTime.parse(expected));
        assertThat(reached.getZone()).isEqualTo(ZonedDateTime.parse(start).getZone());
    }

    @ParameterizedTest
    @CsvSource({
        "M, 2024-01-01T00:00Z, 2024-02-02T00:00Z",
        "M, 2024-01-31T00:00Z, 2024-02-28T00:00Z",
        "ME, 2024-04-30T00:00Z, 2024-05-30T00:00Z",
        "Q, 2024-01-01T00:00Z, 2024-02-01T00:00Z",
        "D, 2024-01-01T00:00Z, 2024-01-02T01:00Z",
        "2D, 2024-01-01T00:00Z, 2024-01-02T00:00Z",
        "B, 2024-03-01T00:00Z, 2024-03-02T00:00Z",
        "h, 2024-01-01T00:00Z, 2024-01-01T00:30Z",
        "h, 2024-01-01T00:00Z, 2024-01-01T01:00:00.000001Z",
        "D, 2024-03-30T00:00+01:00[Europe/Berlin], 2024-03-31T23:00Z",
        "W, 2024-01-01T00:00Z, 2024-01-07T00:00Z"
    })
    void knowsTimesOffTheGrid(String spelling, String start, String time) {
        OptionalLong steps =
                Frequency.parse(spelling).stepsBetween(ZonedDateTime.parse(start), ZonedDateTime.parse(time));

        assertThat(steps).isEmpty();
    }

    @Test
    void takesEitherOfTwoEqualHoursForTheStep() {
        Frequency daily = Frequency.parse("D");
        ZonedDateTime start = ZonedDateTime.parse("2024-10-26T02:30+02:00[Europe/Berlin]");

        assertThat(daily.stepsBetween(start, ZonedDateTime.parse("2024-10-27T00:30Z")))
                .hasValue(1);
        assertThat(daily.stepsBetween(start, ZonedDateTime.parse("2024-10-27T01:30Z")))
                .hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s", "7s", "min", "15min", "h", "PT36H", "D", "3D", "B", "2B", "W", "M", "MS", "5M", "Q", "QS", "Y",
                "P1Y", "P4Y", "250ms"
            })
    void findsEveryStepThatItReaches(String spelling) {
        Frequency frequency = Frequency.parse(spelling);
        var random = new Random(7);
        for (String zone :
                List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")) {
            for (int round = 0; round < 200; round++) {
                ZonedDateTime start = weekday(random, ZoneId.of(zone));
                long steps = random.nextInt(-300, 2000);

                ZonedDateTime reached = frequency.plus(start, steps);

                assertThat(frequency.stepsBetween(start, reached))
                        .as("%s and %d steps", start, steps)
                        .hasValue(steps);
                assertThat(frequency.plus(start, steps + 1)).isAfter(reached);
            }
        }
    }

    @Test
    void findsFarStepsAtOnce() {
        Frequency seconds = Frequency.parse("s");
        ZonedDateTime start = ZonedDateTime.parse("0001-01-01T00:00Z");
        ZonedDateTime end = ZonedDateTime.parse("9999-12-31T23:59:59Z");

        assertThat(seconds.stepsBetween(start, end))
                .hasValue(Duration.between(start, end).toSeconds());
        assertThat(Frequency.parse("B").plus(start, 2_000_000).getYear()).isEqualTo(7667);
    }

    private static ZonedDateTime weekday(Random random, ZoneId zone) {
        // From 1972 on; an hour that comes twice is not a start here, as either of them is the step.
        ZonedDateTime start = ZonedDateTime.of(1972, 1, 3, 0, 0, 0, 0, ZoneOffset.UTC)
                .plusMinutes(30L * random.nextInt(1_000_000))
                .withZoneSameInstant(zone);
        boolean skipped = start.getDayOfWeek().getValue() > 5
                || zone.getRules().getValidOffsets(start.toLocalDateTime()).size() > 1;
        return skipped ? weekday(random, zone) : start;
    }
}
