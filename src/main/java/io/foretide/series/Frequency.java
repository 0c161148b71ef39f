package io.foretide.series;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.foretide.problem.ProblemException;
import io.foretide.series.Spacing.BusinessDays;
import io.foretide.series.Spacing.Days;
import io.foretide.series.Spacing.Months;
import io.foretide.series.Spacing.Ticks;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The spacing of a series' steps, with the spelling it was sent in.
 *
 * <p>Spelled as ISO-8601 ({@code PT30M}, {@code P1D}, {@code P1M}) or as a pandas alias ({@code 30min}, {@code D},
 * {@code B}, {@code W}, {@code MS}, {@code QE}), with multiples such as {@code 2h}. Steps below a day are durations on
 * the line of instants; days and longer are steps of the calendar in the zone of the start, across changes of its
 * clock. {@code M}, {@code Q}, {@code Y} and their {@code …E} forms stay at month ends where the start is at one.
 *
 * <p>Two frequencies are equal when they are spelled alike; {@link #sameSpacing} compares what they mean.
 */
public final class Frequency {
    private static final long SECOND = 1000;
    private static final long DAY = 24 * 3600 * SECOND;
    private static final long[] CLOCK_CYCLES = {DAY, 3600 * SECOND, 60 * SECOND, SECOND};
    /** Of the Gregorian calendar on average. */
    private static final long SECONDS_OF_YEAR = 31_556_952;

    private static final int LONGEST_CLOCK_SEASON = 500;

    private final String spelling;
    private final Spacing spacing;

    private Frequency(String spelling, Spacing spacing) {
        this.spelling = spelling;
        this.spacing = spacing;
    }

    /**
     * Reads a frequency in either spelling.
     *
     * @throws ProblemException {@code INVALID_REQUEST} if it is none
     */
    @JsonCreator
    public static Frequency parse(String spelling) {
        return new Frequency(spelling, FrequencySpelling.parse(spelling));
    }

    /**
     * The one frequency that explains ascending times, some of which may be missing.
     *
     * @throws ProblemException {@code INVALID_SERIES} if there is none, or more than one
     */
    public static Frequency infer(List<ZonedDateTime> times) {
        return FrequencyInference.infer(times);
    }

    /**
     * The frequency that most neighbours among ascending times are one step of apart, as far as the first ten thousand
     * tell; empty where there is none.
     */
    public static Optional<Frequency> mostCommon(List<ZonedDateTime> times) {
        return FrequencyInference.mostCommon(times);
    }

    /** The spelling that was sent. */
    @JsonValue
    public String spelling() {
        return spelling;
    }

    /**
     * The time so many steps after the start, or before it where {@code steps} is negative; always computed from the
     * start.
     */
    public ZonedDateTime plus(ZonedDateTime start, long steps) {
        return spacing.plus(start, steps);
    }

    /** How many steps lie between two times; negative for a time before the start, empty for one between two steps. */
    public OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time) {
        return spacing.stepsBetween(start, time.withZoneSameInstant(start.getZone()));
    }

    /**
     * Whether both mean the same distance, however spelled: {@code P1M} and {@code M}, {@code PT1H} and {@code 60min}.
     */
    public boolean sameSpacing(Frequency other) {
        return spacing.unanchored().equals(other.spacing.unanchored());
    }

    /**
     * After how many steps the pattern of the calendar repeats; 1 where there is none.
     *
     * <p>Months meet the same month of the year again (M 12, Q 4, Y 1, 2M 6), days the same day of the week (D 7, 2D
     * 7), business days likewise (B 5), weeks the same week of the year (W 52, 2W 26). Shorter steps meet the same time
     * of the day again (h 24, 2h 12, 30min 48, 15min 96, 5min 288), unless that takes more than 500 steps: a season
     * that long is seldom seen often enough to be learned, and costs a number a step. Then it is the hour (min 60),
     * else the minute (s 60), else the second.
     */
    public int seasonLength() {
        return switch (spacing) {
            case Months(int count, var _) -> repeats(12, count);
            case Days(int count) -> weekly(count, 7);
            case BusinessDays(int count) -> weekly(count, 5);
            case Ticks(long millis) ->
                millis % CLOCK_CYCLES[0] == 0
                        ? weekly(Math.toIntExact(millis / CLOCK_CYCLES[0]), 7)
                        : clockSeason(millis);
        };
    }

    /**
     * After how many steps the same time of the same day of the week comes again, for steps shorter than a day (h 168, 30min
     * 336); 1 where there is none, or that takes more than 500 steps.
     */
    public int weekLength() {
        return spacing instanceof Ticks(long millis)
                        && millis < DAY
                        && 7 * DAY % millis == 0
                        && 7 * DAY / millis <= LONGEST_CLOCK_SEASON
                ? (int) (7 * DAY / millis)
                : 1;
    }

    /** How long a step is on average. */
    public Duration averageStep() {
        return switch (spacing) {
            case Months(int count, var _) -> Duration.ofSeconds(count * SECONDS_OF_YEAR / 12);
            case Days(int count) -> Duration.ofDays(count);
            case BusinessDays(int count) -> Duration.ofDays(count);
            case Ticks(long millis) -> Duration.ofMillis(millis);
        };
    }

    /** Whether all steps fall on the start of a day, or may do so: false for steps shorter than a day. */
    public boolean isCalendar() {
        return !(spacing instanceof Ticks);
    }

    /** Whether steps are months, quarters or years. */
    boolean isMonthly() {
        return spacing instanceof Months;
    }

    /** Whether a series may start there: business days cannot start on a weekend. */
    public boolean canStartAt(ZonedDateTime start) {
        return !(spacing instanceof BusinessDays) || BusinessDays.isBusinessDay(start.toLocalDate());
    }

    private static int weekly(int days, int daysOfWeek) {
        return days % daysOfWeek == 0 ? repeats(52, days / daysOfWeek) : repeats(daysOfWeek, days);
    }

    private static int clockSeason(long millis) {
        for (long cycle : CLOCK_CYCLES) {
            long steps = cycle / greatestCommonDivisor(cycle, millis);
            if (steps > 1 && steps <= LONGEST_CLOCK_SEASON) {
                return (int) steps;
            }
        }
        return 1;
    }

    /** The fewest steps that make up whole cycles. */
    private static int repeats(int cycle, int step) {
        return (int) (cycle / greatestCommonDivisor(cycle, step));
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Frequency frequency && spelling.equals(frequency.spelling);
    }

    @Override
    public int hashCode() {
        return spelling.hashCode();
    }

    @Override
    public String toString() {
        return spelling;
    }
}
