package io.foretide.series;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How a client spelled the times of a series; answers use the same spelling. */
public enum TimeStyle {
    /** {@code 1949-01}. */
    MONTH(DateTimeFormatter.ofPattern("uuuu-MM")),
    /** {@code 1949-01-01}. */
    DATE(DateTimeFormatter.ISO_LOCAL_DATE),
    /** {@code 1949-01-01T00:00:00}, local to the series' zone. */
    LOCAL(DateTimeFormatter.ISO_LOCAL_DATE_TIME),
    /** {@code 1949-01-01T00:00:00Z} or with another offset. */
    OFFSET(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    private final DateTimeFormatter formatter;

    TimeStyle(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /** The time in this spelling; what the spelling has no place for is left out. */
    public String format(ZonedDateTime time) {
        return formatter.format(time);
    }

    /** This style, or the next finer one that can tell all steps of a timeline apart. */
    TimeStyle fitting(ZonedDateTime start, Frequency frequency) {
        return switch (this) {
            case MONTH ->
                frequency.isMonthly() && start.getDayOfMonth() == 1 && isStartOfDay(start)
                        ? MONTH
                        : DATE.fitting(start, frequency);
            case DATE -> frequency.isCalendar() && isStartOfDay(start) ? DATE : LOCAL;
            case LOCAL, OFFSET -> this;
        };
    }

    // Not midnight on every day: where clocks go forward at midnight the day starts at one.
    private static boolean isStartOfDay(ZonedDateTime time) {
        return time.toLocalTime().equals(LocalTime.MIDNIGHT)
                || time.isEqual(time.toLocalDate().atStartOfDay(time.getZone()));
    }
}
