package io.foretide.audit;

import io.foretide.problem.ProblemException;
import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Finds the frequency of ascending times, those that are not on it, and the steps that are skipped. */
final class GridAudit {
    private final SentSeries series;
    private final SeriesLog log;
    private final long mostSteps;

    GridAudit(SentSeries series, SeriesLog log, long mostSteps) {
        this.series = series;
        this.log = log;
        this.mostSteps = mostSteps;
    }

    Placed place(TimeGrid times) {
        List<ZonedDateTime> all = times.in(series.zone());
        Frequency frequency = series.frequency();
        String unknown = null;
        if (frequency == null) {
            try {
                frequency = Frequency.infer(all);
            } catch (ProblemException noOne) {
                unknown = noOne.detail();
                frequency = Frequency.mostCommon(all).orElse(null);
            }
        }
        if (frequency == null) {
            unknown(unknown);
            return new Placed(series, null, all.getFirst(), all.getLast(), times.order(), null);
        }
        return onGrid(times, frequency, unknown);
    }

    private void unknown(@Nullable String why) {
        if (why != null) {
            Places place = Places.of(TimesAudit.placeOf(series, 0, null));
            log.refused(FindingKind.UNKNOWN_FREQUENCY, place, why);
        }
    }

    private Placed onGrid(TimeGrid times, Frequency frequency, @Nullable String unknown) {
        List<ZonedDateTime> all = times.in(series.zone());
        ZonedDateTime anchor = anchor(all, frequency);
        long[] steps = new long[times.size()];
        int[] order = new int[times.size()];
        Places off = new Places();
        Places same = new Places();
        int kept = 0;
        for (int k = 0; k < steps.length; k++) {
            int index = times.order()[k];
            OptionalLong step = frequency.stepsBetween(anchor, all.get(k));
            if (step.isEmpty()) {
                off.add(() -> TimesAudit.placeOf(series, index, "between two steps"));
            } else if (kept > 0 && step.getAsLong() <= steps[kept - 1]) {
                same.add(() -> TimesAudit.placeOf(series, index, "the same step as the time before it"));
            } else {
                steps[kept] = step.getAsLong();
                order[kept++] = index;
            }
        }
        log.refused(FindingKind.DUPLICATE_TIMES, same, "Several times are in one step of " + frequency + ".");
        log.refused(FindingKind.MIXED_FREQUENCY, off, mixed(frequency));
        var placed = new Placed(
                series,
                frequency,
                all.getFirst(),
                all.getLast(),
                Arrays.copyOf(order, kept),
                fromZero(Arrays.copyOf(steps, kept)));
        TimesAudit.checkStart(all.getFirst(), frequency, Places.of(placed.place(0, null)), log);
        checkGaps(placed, frequency, off.count() > 0 ? null : unknown);
        return placed;
    }

    /** A time that is followed by another one step later: the first may itself be off the grid. */
    private static ZonedDateTime anchor(List<ZonedDateTime> all, Frequency frequency) {
        for (int k = 1; k < all.size(); k++) {
            if (frequency.stepsBetween(all.get(k - 1), all.get(k)).equals(OptionalLong.of(1))) {
                return all.get(k - 1);
            }
        }
        return all.getFirst();
    }

    private static long[] fromZero(long[] steps) {
        long first = steps[0];
        Arrays.setAll(steps, k -> steps[k] - first);
        return steps;
    }

    private void checkGaps(Placed placed, Frequency frequency, @Nullable String unknown) {
        Places gaps = new Places();
        for (int k = 1; k < placed.size(); k++) {
            long skipped = placed.step(k) - placed.step(k - 1) - 1;
            int index = placed.index(k);
            if (skipped > 0) {
                gaps.add(() -> TimesAudit.placeOf(series, index, skipped + " skipped before it"));
            }
        }
        long skipped = placed.length() - placed.size();
        String detail = "Steps of " + frequency + " are skipped, " + skipped + " in all.";
        if (unknown != null && gaps.count() > 0) {
            log.refused(FindingKind.MIXED_FREQUENCY, gaps, mixed(frequency));
        } else if (placed.length() > mostSteps) {
            log.refused(FindingKind.GAPS, gaps, detail + " With them the series is longer than " + mostSteps + ".");
        } else {
            unknown(unknown);
            log.repaired(FindingKind.GAPS, gaps, detail);
        }
    }

    private String mixed(Frequency frequency) {
        return "Not all times are steps of " + frequency + (series.frequency() == null ? ", the most common." : ".");
    }
}
