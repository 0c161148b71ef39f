package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarCycleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} × {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "15min | 10000 | [DAY, WEEK]",
                "h     | 10000 | [DAY, WEEK]",
                "h     | 100   | [DAY]",
                "h     | 47    | []",
                "PT24H | 10000 | [WEEK, YEAR]",
                "D     | 10000 | [WEEK, YEAR]",
                "B     | 10000 | [WEEK, YEAR]",
                "D     | 700   | [WEEK]",
                "W     | 10000 | []",
                "M     | 10000 | []",
                "Q     | 10000 | []",
                "Y     | 10000 | []",
            })
    void readsTheTwoShortestCyclesThatSeveralStepsFitIntoAndTheSeriesShowTwice(
            String frequency, int steps, String cycles) {
        assertThat(CalendarCycle.of(Frequency.parse(frequency), steps)).hasToString(cycles);
    }

    private static float[] written(CalendarCycle cycle, ZonedDateTime time) {
        float[] numbers = new float[cycle.numbers()];
        cycle.write(time, numbers, 0);
        return numbers;
    }

    @Test
    void tellsTheTimeOfTheDayOnACircle() {
        var evening = ZonedDateTime.of(2024, 5, 1, 18, 0, 0, 0, BERLIN);

        float[] numbers = written(CalendarCycle.DAY, evening);

        assertThat(numbers).containsExactly(new float[] {-1, 0, 0, -1}, within(1e-6f));
    }

    @Test
    void tellsTheDayOfTheWeek() {
        var wednesday = ZonedDateTime.of(2024, 5, 1, 18, 0, 0, 0, BERLIN);

        assertThat(written(CalendarCycle.WEEK, wednesday)).containsExactly(0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void tellsTheTimeOfTheYearOnACircle() {
        var newYear = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, BERLIN);

        assertThat(written(CalendarCycle.YEAR, newYear)).containsExactly(new float[] {0, 1, 0, 1}, within(1e-6f));
        assertThat(written(CalendarCycle.YEAR, newYear.plusDays(183)))
                .containsExactly(new float[] {0, -1, 0, 1}, within(1e-6f));
    }

    @Test
    void followsLocalTimeWhereClocksChange() {
        var features = new Features(List.of(), List.of(), List.of(), List.of(CalendarCycle.DAY));
        var start = ZonedDateTime.of(2024, 3, 30, 23, 0, 0, 0, BERLIN);
        var timeline = new Timeline(start, Frequency.parse("h"), TimeStyle.LOCAL);
        var known = Surroundings.of(features, new TimeSeries("a", timeline, new double[5], Covariates.NONE));
        float[] fourthHour = new float[4];

        known.writeAhead(4, fourthHour, 0);

        // 23:00, 00:00, 01:00, 03:00, 04:00: there is no 02:00 in that night.
        assertThat(fourthHour)
                .containsExactly(
                        written(CalendarCycle.DAY, start.withDayOfMonth(31).withHour(4)));
    }
}
