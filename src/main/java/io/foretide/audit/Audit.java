package io.foretide.audit;

import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import io.foretide.series.SeriesLimits;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks at series as they were sent. */
@Component
public final class Audit {
    private final AuditProperties properties;
    private final SeriesLimits limits;

    Audit(AuditProperties properties, SeriesLimits limits) {
        this.properties = properties;
        this.limits = limits;
    }

    AuditReport audit(List<SentSeries> series, AuditRequest asked) {
        return new Run(asked, properties.maxFindings()).report(series);
    }

    /**
     * What is odd with series that a training takes, and what it repairs.
     *
     * @param seasonLength after how many steps the pattern repeats; that of the frequency where absent
     */
    public AuditSummary summarize(List<SentSeries> series, int horizon, @Nullable Integer seasonLength) {
        AuditReport report =
                new Run(new AuditRequest(horizon, seasonLength), properties.maxRecordedFindings()).report(series);
        return new AuditSummary(report.counts(), report.findings(), report.truncated());
    }

    /** One audit. */
    private final class Run {
        private final AuditRequest asked;
        private final Log log;
        private final Set<String> itemIds = new HashSet<>();
        private long values;
        private long missing;
        private @Nullable Frequency first;
        private boolean hasOneFrequency = true;
        private @Nullable Edge start;
        private @Nullable Edge end;

        Run(AuditRequest asked, int mostFindings) {
            this.asked = asked;
            this.log = new Log(mostFindings);
        }

        AuditReport report(List<SentSeries> series) {
            long most = series.stream().mapToLong(Run::observed).max().orElse(0);
            ValuesAudit.Enough enough = ValuesAudit.Enough.of(most, asked);
            series.forEach(one -> look(one, enough));
            Frequency frequency = hasOneFrequency ? first : null;
            return new AuditReport(
                    !log.hasRefused(),
                    series.size(),
                    values,
                    missing,
                    start == null ? null : start.label(),
                    end == null ? null : end.label(),
                    frequency == null ? null : frequency.spelling(),
                    log.counts(),
                    log.findings(),
                    log.isTruncated());
        }

        private static long observed(SentSeries series) {
            return Arrays.stream(series.target())
                    .filter(value -> !Double.isNaN(value))
                    .count();
        }

        private void look(SentSeries series, ValuesAudit.Enough enough) {
            SeriesLog found = new SeriesLog(log, series.itemId());
            values += series.target().length;
            missing += series.target().length - observed(series);
            Places here = Places.of(new FoundPlace(series.place(), null, null, null));
            if (!itemIds.add(series.itemId())) {
                found.refused(FindingKind.REPEATED_ITEM_ID, here, "A series before it has the same item_id.");
            }
            if (!series.uncovering().isEmpty()) {
                String names = String.join(", ", series.uncovering());
                found.refused(FindingKind.COVARIATES, here, "Covariates that do not cover the target: " + names + ".");
            }
            Placed placed = new TimesAudit(series, found, limits.observations()).place();
            checkFrequency(placed.frequency(), found, here);
            widen(placed);
            new ValuesAudit(placed, found).audit(asked, enough);
        }

        private void checkFrequency(@Nullable Frequency frequency, SeriesLog found, Places here) {
            if (frequency == null) {
                return;
            }
            if (first == null) {
                first = frequency;
            }
            if (!frequency.sameSpacing(first)) {
                hasOneFrequency = false;
                found.refused(
                        FindingKind.DIFFERENT_FREQUENCY,
                        here,
                        "Its steps are " + frequency + ", and those of the series before it " + first + ".");
            }
        }

        private void widen(Placed placed) {
            ZonedDateTime earliest = placed.start();
            ZonedDateTime latest = placed.end();
            if (earliest != null && (start == null || earliest.isBefore(start.time()))) {
                start = Edge.of(earliest, placed.series());
            }
            if (latest != null && (end == null || latest.isAfter(end.time()))) {
                end = Edge.of(latest, placed.series());
            }
        }
    }

    /** The earliest or the latest time, as its series spells it. */
    private record Edge(ZonedDateTime time, String label) {
        static Edge of(ZonedDateTime time, SentSeries series) {
            var sent = series.start() == null ? series.time(0) : series.start();
            return new Edge(time, sent.style().format(time));
        }
    }
}
