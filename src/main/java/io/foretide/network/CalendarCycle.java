package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonValue;
import io.foretide.series.Frequency;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A cycle of the calendar, and the numbers that say where in it a step is, by the clock and calendar of its zone. */
public enum CalendarCycle {
    DAY(Duration.ofDays(1), 4) {
        @Override
        void write(ZonedDateTime time, float[] to, int at) {
            writeTwoHarmonics(time.toLocalTime().toSecondOfDay() / SECONDS_OF_DAY, to, at);
        }
    },
    /** The day of the week, one of seven. */
    WEEK(Duration.ofDays(7), 7) {
        @Override
        void write(ZonedDateTime time, float[] to, int at) {
            to[at + time.getDayOfWeek().ordinal()] = 1;
        }
    },
    YEAR(Duration.ofDays(365), 4) {
        @Override
        void write(ZonedDateTime time, float[] to, int at) {
            double days = time.getDayOfYear() - 1 + time.toLocalTime().toSecondOfDay() / SECONDS_OF_DAY;
            writeTwoHarmonics(days / time.toLocalDate().lengthOfYear(), to, at);
        }
    };

    private static final double SECONDS_OF_DAY = 86_400;

    /** Longer ones are too long for a network to see often. */
    private static final int MOST = 2;

    private final Duration length;
    private final int numbers;

    CalendarCycle(Duration length, int numbers) {
        this.length = length;
        this.numbers = numbers;
    }

    /**
     * The two shortest cycles that are longer than a step and come at least twice in so many steps: of hours the day and the
     * week, of days the week and the year. Of weeks and longer steps none: their season is the year, which the seasonal
     * profile carries.
     */
    static List<CalendarCycle> of(Frequency frequency, int steps) {
        double step = frequency.averageStep().toMillis();
        if (step >= WEEK.length.toMillis()) {
            return List.of();
        }
        return Stream.of(values())
                .filter(cycle -> cycle.length.toMillis() > step && 2 * cycle.length.toMillis() <= step * steps)
                .limit(MOST)
                .toList();
    }

    int numbers() {
        return numbers;
    }

    /** Writes the place of a time, over zeros. */
    abstract void write(ZonedDateTime time, float[] to, int at);

    /** StrictMath, so that every machine reads the same. */
    private static void writeTwoHarmonics(double part, float[] to, int at) {
        for (int harmonic = 1; harmonic <= 2; harmonic++) {
            double angle = 2 * Math.PI * harmonic * part;
            to[at + 2 * harmonic - 2] = (float) StrictMath.sin(angle);
            to[at + 2 * harmonic - 1] = (float) StrictMath.cos(angle);
        }
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
