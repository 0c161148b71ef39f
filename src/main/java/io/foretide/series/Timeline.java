package io.foretide.series;

import java.time.ZonedDateTime;

/**
 * The times of a series' steps: a start, a frequency, and the zone in which calendar steps are taken.
 *
 * @param start the time of the first step, in the zone of the series
 * @param frequency the spacing of steps
 * @param style how the client spelled times, for answers in the same spelling; a finer one where that cannot tell steps
 * apart
 */
public record Timeline(ZonedDateTime start, Frequency frequency, TimeStyle style) {
    public Timeline {
        style = style.fitting(start, frequency);
    }

    /** The time of a step, counted from 0. */
    public ZonedDateTime timeOf(long step) {
        return frequency.plus(start, step);
    }

    /** A time in the client's spelling. */
    public String format(ZonedDateTime time) {
        return style.format(time);
    }

    /** The time of a step in the client's spelling. */
    public String labelOf(long step) {
        return format(timeOf(step));
    }

    /** The timeline of what follows so many steps, such as a forecast. */
    public Timeline from(long step) {
        return new Timeline(timeOf(step), frequency, style);
    }
}
