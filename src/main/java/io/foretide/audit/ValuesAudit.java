package io.foretide.audit;

import io.foretide.network.NetworkTrainer;
import io.foretide.series.Frequency;
import java.util.Locale;

/** Finds what is odd with the values of a series. */
final class ValuesAudit {
    private final Placed placed;
    private final SeriesLog log;

    ValuesAudit(Placed placed, SeriesLog log) {
        this.placed = placed;
        this.log = log;
    }

    /**
     * Looks at all values.
     *
     * @param enough whether some series of the request is long enough to train on; one alone needs not be
     */
    void audit(AuditRequest asked, Enough enough) {
        checkMagnitudes();
        checkMissing();
        int observed = checkObserved();
        checkLength(observed, asked, enough);
        new Outliers(placed, season(asked)).log(log);
    }

    /** Whether there is a series to train on. */
    enum Enough {
        YES,
        NO;

        static Enough of(long observed, AuditRequest asked) {
            return observed >= NetworkTrainer.leastObservations(asked.horizonOrOne()) ? YES : NO;
        }
    }

    private void checkMagnitudes() {
        Places large = new Places();
        for (int k = 0; k < placed.size(); k++) {
            int position = k;
            double value = placed.value(k);
            if (Math.abs(value) > NetworkTrainer.MOST_MAGNITUDE) {
                large.add(() -> placed.place(position, Double.isInfinite(value) ? null : Double.toString(value)));
            }
        }
        log.refused(
                FindingKind.TOO_LARGE_VALUES,
                large,
                "Values are beyond " + NetworkTrainer.MOST_MAGNITUDE + " or infinite.");
    }

    private void checkMissing() {
        Places missing = new Places();
        for (int k = 0; k < placed.size(); k++) {
            int position = k;
            if (Double.isNaN(placed.value(k))) {
                missing.add(() -> placed.place(position, null));
            }
        }
        log.repaired(FindingKind.MISSING_VALUES, missing, missing.count() + " of " + placed.size() + " are missing.");
    }

    private int checkObserved() {
        int observed = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < placed.size(); k++) {
            double value = placed.value(k);
            if (!Double.isNaN(value)) {
                observed++;
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        if (observed > 1 && least == most) {
            log.taken(FindingKind.CONSTANT, whole(), String.format(Locale.ROOT, "All values are %s.", least));
        }
        return observed;
    }

    private void checkLength(int observed, AuditRequest asked, Enough enough) {
        int horizon = asked.horizonOrOne();
        int least = NetworkTrainer.leastObservations(horizon);
        long length = placed.length();
        String detail = "A horizon of %d is trained on %d observed values or more, and here are %d."
                .formatted(horizon, least, observed);
        if (observed < least && enough == Enough.NO) {
            log.refused(FindingKind.TOO_SHORT, whole(), detail);
        } else if (observed < least) {
            log.taken(FindingKind.TOO_SHORT, whole(), detail + " Other series are long enough.");
        } else if (length < 2L * horizon + 2) {
            log.taken(
                    FindingKind.TOO_SHORT,
                    whole(),
                    "To measure a horizon of %d takes %d steps, and here are %d: the version would have no measures of this series."
                            .formatted(horizon, 2L * horizon + 2, length));
        }
        int season = season(asked);
        if (length < 2L * season && season > 1) {
            log.taken(
                    FindingKind.FEW_SEASONS,
                    whole(),
                    "A season is %d steps, and here are %d: fewer than two seasons.".formatted(season, length));
        }
    }

    private int season(AuditRequest asked) {
        Integer season = asked.seasonLength();
        Frequency frequency = placed.frequency();
        return season != null ? season : frequency == null ? 1 : frequency.seasonLength();
    }

    private Places whole() {
        return Places.of(new FoundPlace(placed.series().place(), null, null, null));
    }
}
