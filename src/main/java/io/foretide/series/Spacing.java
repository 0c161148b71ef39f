package io.foretide.series;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * The distance from one step to the next: a duration on the line of instants, or a step of the calendar in local time.
 *
 * <p>Every step is computed from the start, never from the step before, so that the 31st comes back after a short month
 * and 02:30 after the night without it.
 */
sealed interface Spacing {
    /** The time so many steps after the start, or before it where {@code steps} is negative. */
    ZonedDateTime plus(ZonedDateTime start, long steps);

    /** The inverse of {@link #plus}: empty where the time is on no step. Both times are in one zone. */
    OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time);

    /** Steps of a fixed length, shorter than the calendar's days or blind to them. */
    record Ticks(long millis) implements Spacing {
        @Override
        public ZonedDateTime plus(ZonedDateTime start, long steps) {
            return start.plus(Duration.ofMillis(Math.multiplyExact(millis, steps)));
        }

        @Override
        public OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time) {
            Duration distance = Duration.between(start, time);
            boolean wholeMillis = distance.getNano() % 1_000_000 == 0;
            return wholeMillis ? quotient(distance.toMillis(), millis) : OptionalLong.empty();
        }
    }

    /** Calendar days; a week is seven of them. */
    record Days(int count) implements Spacing {
        @Override
        public ZonedDateTime plus(ZonedDateTime start, long steps) {
            LocalDateTime local = start.toLocalDateTime();
            return steps == 0 ? start : atLocal(start, local.plusDays(Math.multiplyExact(count, steps)));
        }

        @Override
        public OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time) {
            long days = ChronoUnit.DAYS.between(start.toLocalDate(), time.toLocalDate());
            return confirmed(this, start, time, quotient(days, count));
        }
    }

    /** Mondays to Fridays; a start on a weekend counts as the Friday before. */
    record BusinessDays(int count) implements Spacing {
        @Override
        public ZonedDateTime plus(ZonedDateTime start, long steps) {
            if (steps == 0) {
                return start;
            }
            long ordinal = ordinal(start.toLocalDate()) + Math.multiplyExact(count, steps);
            long mondays = Math.floorDiv(ordinal, 5L);
            LocalDate date = LocalDate.ofEpochDay(mondays * 7 + Math.floorMod(ordinal, 5L) - EPOCH_WEEKDAY);
            return atLocal(start, date.atTime(start.toLocalTime()));
        }

        @Override
        public OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time) {
            long days = ordinal(time.toLocalDate()) - ordinal(start.toLocalDate());
            return confirmed(this, start, time, quotient(days, count));
        }

        static boolean isBusinessDay(LocalDate date) {
            return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
        }

        /** The number of business days since a fixed one. */
        static long ordinal(LocalDate date) {
            long days = date.toEpochDay() + EPOCH_WEEKDAY;
            return Math.floorDiv(days, 7L) * 5 + Math.min(Math.floorMod(days, 7L), 4);
        }

        /** 1 January 1970 was a Thursday, three days after Monday. */
        private static final int EPOCH_WEEKDAY = 3;
    }

    /** Calendar months; quarters and years are multiples of them. */
    record Months(int count, Anchor anchor) implements Spacing {
        /** What a start on the last day of a short month means. */
        enum Anchor {
            /** The day of the month: 30 April is followed by 30 May. */
            DAY,
            /** The end of the month: 30 April is followed by 31 May. Starts on other days keep their day. */
            END
        }

        @Override
        public ZonedDateTime plus(ZonedDateTime start, long steps) {
            if (steps == 0) {
                return start;
            }
            long months = Math.multiplyExact(count, steps);
            LocalDateTime local = start.toLocalDateTime().plusMonths(months);
            if (anchor == Anchor.END && isMonthEnd(start.toLocalDate())) {
                local = YearMonth.from(local).atEndOfMonth().atTime(start.toLocalTime());
            }
            return atLocal(start, local);
        }

        @Override
        public OptionalLong stepsBetween(ZonedDateTime start, ZonedDateTime time) {
            long months = ChronoUnit.MONTHS.between(YearMonth.from(start), YearMonth.from(time));
            return confirmed(this, start, time, quotient(months, count));
        }

        static boolean isMonthEnd(LocalDate date) {
            return date.getDayOfMonth() == date.lengthOfMonth();
        }
    }

    /** This spacing without what only matters at the end of a month. */
    default Spacing unanchored() {
        return this instanceof Months(int count, var _) ? new Months(count, Months.Anchor.DAY) : this;
    }

    private static OptionalLong quotient(long distance, long step) {
        return distance % step == 0 ? OptionalLong.of(distance / step) : OptionalLong.empty();
    }

    // An hour that does not exist moves on by the gap; of an hour that comes twice the first is taken, as readers do.
    private static ZonedDateTime atLocal(ZonedDateTime start, LocalDateTime local) {
        return ZonedDateTime.ofLocal(local, start.getZone(), null);
    }

    // Local times are compared: in an hour that comes twice, either of them is the step.
    private static OptionalLong confirmed(
            Spacing spacing, ZonedDateTime start, ZonedDateTime time, OptionalLong steps) {
        if (steps.isEmpty()) {
            return steps;
        }
        LocalDateTime expected = spacing.plus(start, steps.getAsLong()).toLocalDateTime();
        return expected.equals(time.toLocalDateTime()) ? steps : OptionalLong.empty();
    }
}
