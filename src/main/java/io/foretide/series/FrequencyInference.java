package io.foretide.series;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Spacing.BusinessDays;
import io.foretide.series.Spacing.Months;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the one frequency behind ascending times.
 *
 * <p>A step explains the times if it is the smallest distance seen, divides all others, and is at least half of them:
 * the rest are gaps. Months are tried before days, so that 1 July, 1 August, 1 September are months and not steps of 31
 * days; days before durations.
 */
final class FrequencyInference {
    private static final int FEWEST_TIMES = 3;

    /** Enough to tell which step is the most common. */
    private static final int MOST_EXAMINED = 10_000;

    /** Longer distances are told by the calendar. */
    private static final long LONGEST_EXAMINED = Duration.ofDays(366).toMillis();

    /** Of two that are equally common the first is taken. */
    private static final List<CalendarStep> CALENDAR_STEPS = List.of(
            CalendarStep.of("Y", 365, 366),
            CalendarStep.of("Q", 89, 92),
            CalendarStep.of("M", 28, 31),
            CalendarStep.of("W", 7, 7),
            CalendarStep.of("D", 1, 1),
            CalendarStep.of("B", 1, 3));

    private final List<ZonedDateTime> times;

    private FrequencyInference(List<ZonedDateTime> times) {
        this.times = times;
    }

    static Frequency infer(List<ZonedDateTime> times) {
        if (times.size() < FEWEST_TIMES) {
            throw problem("The frequency cannot be told from " + times.size() + " times, it takes " + FEWEST_TIMES);
        }
        FrequencyInference inference = new FrequencyInference(times);
        String spelling = inference.spelling();
        if (spelling == null) {
            throw problem("The times have no one distance that explains them");
        }
        return Frequency.parse(spelling);
    }

    static Optional<Frequency> mostCommon(List<ZonedDateTime> times) {
        if (times.isEmpty()) {
            return Optional.empty();
        }
        Map<Long, Integer> distances = new HashMap<>();
        Map<Frequency, Integer> common = new LinkedHashMap<>();
        ZonedDateTime before = times.getFirst();
        for (ZonedDateTime time : times.subList(1, Math.clamp(times.size(), 1, MOST_EXAMINED))) {
            long distance = Duration.between(before, time).toMillis();
            distances.merge(distance, 1, Integer::sum);
            for (CalendarStep step : CALENDAR_STEPS) {
                common.merge(step.frequency(), step.isBetween(before, time, distance) ? 1 : 0, Integer::sum);
            }
            before = time;
        }
        distances.entrySet().stream()
                .filter(entry -> entry.getKey() > 0 && entry.getKey() <= LONGEST_EXAMINED)
                .max(Map.Entry.<Long, Integer>comparingByValue()
                        .thenComparing(Map.Entry.<Long, Integer>comparingByKey().reversed()))
                .ifPresent(entry -> common.putIfAbsent(Frequency.parse(spelled(entry.getKey())), entry.getValue()));
        return common.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .reduce((first, next) -> next.getValue() > first.getValue() ? next : first)
                .map(Map.Entry::getKey);
    }

    /**
     * A step of the calendar, and how long it is at the shortest and the longest. Looking only at neighbours so far apart
     * leaves two steps at most to be counted by the calendar, which takes long.
     */
    private record CalendarStep(Frequency frequency, long shortest, long longest) {
        private static final Duration CLOCK_CHANGE = Duration.ofHours(3);

        static CalendarStep of(String spelling, int fewestDays, int mostDays) {
            return new CalendarStep(
                    Frequency.parse(spelling),
                    Duration.ofDays(fewestDays).minus(CLOCK_CHANGE).toMillis(),
                    Duration.ofDays(mostDays).plus(CLOCK_CHANGE).toMillis());
        }

        boolean isBetween(ZonedDateTime before, ZonedDateTime time, long distance) {
            return distance >= shortest
                    && distance <= longest
                    && frequency.stepsBetween(before, time).equals(OptionalLong.of(1));
        }
    }

    private @Nullable String spelling() {
        String months = months();
        if (months != null) {
            return months;
        }
        String days = days();
        return days != null ? days : duration();
    }

    private @Nullable String months() {
        long step = step((a, b) -> 12L * (b.getYear() - a.getYear()) + b.getMonthValue() - a.getMonthValue());
        if (step == 0) {
            return null;
        }
        boolean monthEnds = times.stream().allMatch(time -> Months.isMonthEnd(time.toLocalDate()));
        boolean firsts = times.stream().allMatch(time -> time.getDayOfMonth() == 1);
        String spelling = monthEnds ? pandasMonths(step, "E") : firsts ? pandasMonths(step, "S") : "P" + step + "M";
        return isGrid(spelling) ? spelling : null;
    }

    private static String pandasMonths(long step, String anchor) {
        if (step % 12 == 0) {
            return count(step / 12) + "Y" + anchor;
        }
        return step % 3 == 0 ? count(step / 3) + "Q" + anchor : count(step) + "M" + anchor;
    }

    private @Nullable String days() {
        long step = step((a, b) -> ChronoUnit.DAYS.between(a.toLocalDate(), b.toLocalDate()));
        if (isOnBusinessDays() && step(FrequencyInference::businessDays) == 1 && isGrid("B")) {
            return requireWeekends();
        }
        String spelling = step % 7 == 0 ? count(step / 7) + "W" : count(step) + "D";
        return step > 0 && isGrid(spelling) ? spelling : null;
    }

    private boolean isOnBusinessDays() {
        return times.stream().allMatch(time -> BusinessDays.isBusinessDay(time.toLocalDate()));
    }

    // One weekend without a value may be a gap of two days; that the second lacks one as well is a rule.
    private String requireWeekends() {
        LocalDate first = times.getFirst().toLocalDate();
        LocalDate last = times.getLast().toLocalDate();
        long weekends = (ChronoUnit.DAYS.between(first, last) - businessDays(times.getFirst(), times.getLast())) / 2;
        if (weekends < 2) {
            throw problem("The times may be days (D) or business days (B): too few weekends lie between them to tell");
        }
        return "B";
    }

    private static long businessDays(ZonedDateTime a, ZonedDateTime b) {
        return BusinessDays.ordinal(b.toLocalDate()) - BusinessDays.ordinal(a.toLocalDate());
    }

    private @Nullable String duration() {
        long millis = step((a, b) -> Duration.between(a, b).toMillis());
        if (millis == 0) {
            return null;
        }
        String spelling = spelled(millis);
        return isGrid(spelling) ? spelling : null;
    }

    private static String spelled(long millis) {
        if (millis % 1000 != 0) {
            return count(millis) + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0) {
            return count(seconds) + "s";
        }
        return seconds % 3600 != 0 ? count(seconds / 60) + "min" : count(seconds / 3600) + "h";
    }

    private static String count(long count) {
        return count == 1 ? "" : Long.toString(count);
    }

    /** The smallest distance of neighbours if it divides all distances and is at least half of them, else 0. */
    private long step(ToLongBiFunction<ZonedDateTime, ZonedDateTime> distance) {
        long smallest = Long.MAX_VALUE;
        for (int k = 1; k < times.size(); k++) {
            smallest = Math.min(smallest, distance.applyAsLong(times.get(k - 1), times.get(k)));
        }
        if (smallest <= 0) {
            return 0;
        }
        int steps = 0;
        for (int k = 1; k < times.size(); k++) {
            long length = distance.applyAsLong(times.get(k - 1), times.get(k));
            if (length % smallest != 0) {
                return 0;
            }
            steps += length == smallest ? 1 : 0;
        }
        return 2L * steps >= times.size() - 1 ? smallest : 0;
    }

    private boolean isGrid(String spelling) {
        Frequency frequency;
        try {
            frequency = Frequency.parse(spelling);
        } catch (ProblemException tooLong) {
            return false;
        }
        ZonedDateTime start = times.getFirst();
        return times.stream()
                .allMatch(time -> frequency.stepsBetween(start, time).isPresent());
    }

    private static ProblemException problem(String what) {
        return new ProblemException(ProblemType.INVALID_SERIES, what + ". Send freq, for example \"freq\": \"D\".");
    }
}
