package io.foretide.audit;

import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import io.foretide.series.SentTime;
import io.foretide.series.TimeStyle;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds what is odd with the times of a series, and puts its values in their order. */
final class TimesAudit {
    private final SentSeries series;
    private final SeriesLog log;
    private final long mostSteps;

    TimesAudit(SentSeries series, SeriesLog log, long mostSteps) {
        this.series = series;
        this.log = log;
        this.mostSteps = mostSteps;
    }

    Placed place() {
        int values = series.target().length;
        if (series.times() > 0 && series.times() != values) {
            log.refused(
                    FindingKind.COUNT_MISMATCH,
                    Places.of(new FoundPlace(series.place(), null, null, null)),
                    series.times() + " timestamps for " + values + " values.");
        }
        SentTime start = series.start();
        if (series.times() > 0) {
            return fromTimes();
        }
        return start == null ? Placed.withoutTimes(series) : fromStart(start);
    }

    private Placed fromStart(SentTime sent) {
        Places place = Places.of(new FoundPlace(series.place(), 0, sent.label(), null));
        Frequency frequency = series.frequency();
        if (frequency == null) {
            log.refused(FindingKind.START_WITHOUT_FREQUENCY, place, "There is a start and no freq.");
            return Placed.withoutTimes(series);
        }
        OptionalLong instant = sent.toEpochMilli(series.zone());
        if (instant.isEmpty()) {
            log.refused(FindingKind.SKIPPED_LOCAL_TIME, place, skipped());
            return Placed.withoutTimes(series);
        }
        ZonedDateTime start = time(instant.getAsLong());
        checkStart(start, frequency, place, log);
        try {
            int last = Math.max(0, series.target().length - 1);
            return new Placed(series, frequency, start, frequency.plus(start, last), null, null);
        } catch (DateTimeException | ArithmeticException beyondAllYears) {
            log.refused(FindingKind.IMPOSSIBLE_START, place, "The series ends beyond all years.");
            return Placed.withoutTimes(series);
        }
    }

    static void checkStart(ZonedDateTime start, Frequency frequency, Places place, SeriesLog log) {
        if (!frequency.canStartAt(start) || start.getYear() < 1 || start.getYear() > 9999) {
            log.refused(
                    FindingKind.IMPOSSIBLE_START,
                    place,
                    "The series starts on " + start.toLocalDate() + ", which the frequency " + frequency
                            + " leaves out, or which is in no year from 1 to 9999.");
        }
    }

    private Placed fromTimes() {
        int count = Math.min(series.times(), series.target().length);
        long[] instants = new long[count];
        int[] order = new int[count];
        int kept = resolve(instants, order);
        if (kept == 0) {
            return Placed.withoutTimes(series);
        }
        TimeGrid sorted = withoutRepeats(sorted(instants, order, kept));
        return new GridAudit(series, log, mostSteps).place(sorted);
    }

    /** The instants of all times that their zone has, in the order sent; returns how many those are. */
    private int resolve(long[] instants, int[] order) {
        Places skipped = new Places();
        Places repeated = new Places();
        Places unordered = new Places();
        long before = Long.MIN_VALUE;
        int kept = 0;
        for (int k = 0; k < order.length; k++) {
            SentTime sent = series.time(k);
            int index = k;
            OptionalLong instant = sent.toEpochMilliAfter(before, series.zone());
            if (instant.isEmpty()) {
                skipped.add(() -> placeOf(series, index, null));
                continue;
            }
            long at = instant.getAsLong();
            if (at < before) {
                unordered.add(() -> placeOf(series, index, "before the time that precedes it"));
            }
            if (isAmbiguous(sent)) {
                repeated.add(() -> placeOf(series, index, "taken for " + time(at).toOffsetDateTime()));
            }
            before = at;
            instants[kept] = at;
            order[kept++] = k;
        }
        log.refused(FindingKind.SKIPPED_LOCAL_TIME, skipped, skipped());
        log.refused(FindingKind.UNORDERED_TIMES, unordered, "Times are not in ascending order.");
        log.repaired(
                FindingKind.REPEATED_LOCAL_TIME,
                repeated,
                "The clocks of " + series.zone() + " go back there, and these times come twice.");
        return kept;
    }

    private boolean isAmbiguous(SentTime sent) {
        Frequency frequency = series.frequency();
        return sent.style() == TimeStyle.LOCAL
                && (frequency == null || !frequency.isCalendar())
                && series.zone().getRules().getValidOffsets(sent.local()).size() > 1;
    }

    private static TimeGrid sorted(long[] instants, int[] order, int kept) {
        boolean isSorted = IntStream.range(1, kept).allMatch(k -> instants[k - 1] <= instants[k]);
        if (isSorted) {
            return new TimeGrid(instants, order).first(kept);
        }
        int[] positions = IntStream.range(0, kept)
                .boxed()
                .sorted(Comparator.comparingLong(k -> instants[k])) // stable: of equal times the first sent stays first
                .mapToInt(Integer::intValue)
                .toArray();
        return new TimeGrid(
                Arrays.stream(positions).mapToLong(k -> instants[k]).toArray(),
                Arrays.stream(positions).map(k -> order[k]).toArray());
    }

    private TimeGrid withoutRepeats(TimeGrid times) {
        Places duplicates = new Places();
        int kept = 0;
        for (int k = 0; k < times.size(); k++) {
            int index = times.order()[k];
            if (k > 0 && times.instants()[k] == times.instants()[kept - 1]) {
                int first = times.order()[kept - 1];
                duplicates.add(() -> placeOf(series, index, "the same as index " + first));
                continue;
            }
            times.instants()[kept] = times.instants()[k];
            times.order()[kept++] = index;
        }
        log.refused(FindingKind.DUPLICATE_TIMES, duplicates, "Times occur more than once.");
        return times.first(kept);
    }

    static FoundPlace placeOf(SentSeries series, int index, @Nullable String note) {
        return new FoundPlace(
                series.placeOfTime(index), index, series.time(index).label(), note);
    }

    private String skipped() {
        return "The clocks of " + series.zone() + " go forward there, and these times do not exist.";
    }

    private ZonedDateTime time(long epochMilli) {
        return Instant.ofEpochMilli(epochMilli).atZone(series.zone());
    }
}
