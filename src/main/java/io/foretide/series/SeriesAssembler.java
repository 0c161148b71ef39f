package io.foretide.series;

import io.foretide.problem.ProblemException;
import io.foretide.reading.Doubles;
import io.foretide.reading.Findings;
import io.foretide.reading.Longs;
import io.foretide.reading.Places;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts drafts on the grid of their frequency: every step has its place, and a skipped one is a missing observation. */
final class SeriesAssembler {
    private static final String TIMESTAMPS = "timestamps";

    private final Findings findings;
    private final Budget budget;

    SeriesAssembler(Findings findings, Budget budget) {
        this.findings = findings;
        this.budget = budget;
    }

    /** The series; null where findings say why there is none. */
    @Nullable
    TimeSeries assemble(SeriesDraft draft) {
        if (!isCovered(draft)) {
            return null;
        }
        if (draft.times != null && draft.times.size() > 0) {
            return fromTimes(draft, draft.times);
        }
        return draft.start == null ? series(draft, null, null) : fromStart(draft, draft.start);
    }

    private boolean isCovered(SeriesDraft draft) {
        int known = findings.count();
        int steps = draft.target.size();
        if (draft.times != null && draft.times.size() != steps) {
            findings.impossible(
                    draft.places.field(TIMESTAMPS),
                    draft.times.size() + " timestamps for " + steps + " observations. Send one for each.");
        }
        draft.past.forEach((name, values) -> {
            if (values.size() != steps) {
                findings.impossible(
                        draft.places.field("past/" + Places.Pointers.escaped(name)),
                        values.size() + " values for " + steps
                                + " observations. A past covariate covers the target exactly.");
            }
        });
        int longest =
                draft.future.values().stream().mapToInt(Doubles::size).max().orElse(steps);
        draft.future.forEach((name, values) -> {
            if (values.size() < steps || values.size() != longest) {
                findings.impossible(
                        draft.places.field("future/" + Places.Pointers.escaped(name)),
                        values.size() + " values where " + Math.max(steps, longest)
                                + " are needed. Future covariates cover the target and the horizon, all equally far.");
            }
        });
        return findings.count() == known;
    }

    private @Nullable TimeSeries fromStart(SeriesDraft draft, SentTime sent) {
        String place = draft.places.field("start");
        if (draft.frequency == null) {
            findings.impossible(place, "A start needs a frequency. Send freq, for example \"freq\": \"D\".");
            return null;
        }
        ZoneId zone = zone(draft);
        OptionalLong instant = sent.toEpochMilli(zone);
        if (instant.isEmpty()) {
            findings.impossible(place, skipped(sent, zone));
            return null;
        }
        ZonedDateTime start = time(instant.getAsLong(), zone);
        Timeline timeline = timeline(start, draft.frequency, sent.style(), place);
        return timeline == null ? null : series(draft, timeline, null);
    }

    private @Nullable Timeline timeline(ZonedDateTime start, Frequency frequency, TimeStyle style, String place) {
        if (start.getYear() < 1 || start.getYear() > 9999) {
            findings.impossible(
                    place, "The year is " + start.getYear() + " in the zone of the series; it lies in 1 to 9999.");
            return null;
        }
        if (!frequency.canStartAt(start)) {
            findings.impossible(
                    place, style.format(start) + " is on a weekend, which the frequency " + frequency + " leaves out.");
            return null;
        }
        return new Timeline(start, frequency, style);
    }

    private @Nullable TimeSeries fromTimes(SeriesDraft draft, Longs times) {
        ZoneId zone = zone(draft);
        SentTime first = SentTime.unpack(times.get(0));
        Longs instants = new Longs();
        if (!resolve(draft, times, instants) || !isAscending(draft, instants, first.style())) {
            return null;
        }
        Frequency frequency = draft.frequency == null ? inferred(draft, instants, zone) : draft.frequency;
        if (frequency == null) {
            return null;
        }
        String place = draft.places.entry(TIMESTAMPS, 0);
        Timeline timeline = timeline(time(instants.get(0), zone), frequency, first.style(), place);
        if (timeline == null || !place(draft, instants, timeline)) {
            return null;
        }
        return series(draft, timeline, instants);
    }

    /** Adds the instants of packed times. */
    private boolean resolve(SeriesDraft draft, Longs times, Longs instants) {
        ZoneId zone = zone(draft);
        int known = findings.count();
        long before = Long.MIN_VALUE;
        for (int k = 0; k < times.size(); k++) {
            SentTime sent = SentTime.unpack(times.get(k));
            OptionalLong instant = sent.toEpochMilliAfter(before, zone);
            if (instant.isEmpty()) {
                findings.impossible(draft.places.entry(TIMESTAMPS, k), skipped(sent, zone));
            }
            before = instant.orElse(0);
            instants.add(before);
        }
        return findings.count() == known;
    }

    private boolean isAscending(SeriesDraft draft, Longs times, TimeStyle style) {
        int known = findings.count();
        for (int k = 1; k < times.size(); k++) {
            if (times.get(k) > times.get(k - 1)) {
                continue;
            }
            ZonedDateTime time = time(times.get(k), zone(draft));
            String detail = times.get(k) < times.get(k - 1)
                    ? style.format(time) + " is before the time that precedes it. Sort the rows of a series by time."
                    : style.format(time) + " occurs twice." + foldAdvice(time);
            findings.impossible(draft.places.entry(TIMESTAMPS, k), detail);
        }
        return findings.count() == known;
    }

    private static String foldAdvice(ZonedDateTime time) {
        boolean fold = time.getZone()
                        .getRules()
                        .getValidOffsets(time.toLocalDateTime())
                        .size()
                > 1;
        return fold
                ? " The clocks of " + time.getZone() + " go back there: send times with their offset."
                : " Send each time of a series once.";
    }

    private @Nullable Frequency inferred(SeriesDraft draft, Longs times, ZoneId zone) {
        try {
            return Frequency.infer(new ZonedTimes(times.size(), times::get, zone));
        } catch (ProblemException problem) {
            findings.add(problem.type(), draft.places.field(TIMESTAMPS), problem.detail());
            return null;
        }
    }

    /** Replaces instants by numbers of steps, and accounts for the steps between them. */
    private boolean place(SeriesDraft draft, Longs times, Timeline timeline) {
        int known = findings.count();
        long last = -1;
        long widest = 1;
        int afterWidest = 0;
        for (int k = 0; k < times.size(); k++) {
            ZonedDateTime time = time(times.get(k), timeline.start().getZone());
            long step =
                    timeline.frequency().stepsBetween(timeline.start(), time).orElse(-1);
            times.set(k, step);
            if (step <= last) {
                findings.impossible(draft.places.entry(TIMESTAMPS, k), misplaced(time, step, timeline));
                continue;
            }
            if (step - last > widest) {
                widest = step - last;
                afterWidest = k;
            }
            last = step;
        }
        if (findings.count() > known) {
            return false;
        }
        budget.addSkipped(last + 1 - times.size(), draft.columns(), draft.places.entry(TIMESTAMPS, afterWidest));
        return true;
    }

    private static String misplaced(ZonedDateTime time, long step, Timeline timeline) {
        String spelled = timeline.format(time);
        if (step >= 0) {
            return spelled + " is the same step as the time before it." + foldAdvice(time);
        }
        boolean mayShift = timeline.style() == TimeStyle.OFFSET
                && timeline.frequency().isCalendar()
                && timeline.start().getZone().equals(ZoneOffset.UTC);
        return spelled + " is not a whole number of steps of " + timeline.frequency() + " after "
                + timeline.labelOf(0) + ". Send one frequency a series"
                + (mayShift ? ", and zone where local clocks change." : ".");
    }

    private static String skipped(SentTime sent, ZoneId zone) {
        return sent.local() + " does not exist in " + zone + ": clocks go forward there. Send times with their offset.";
    }

    private static ZoneId zone(SeriesDraft draft) {
        return draft.zone == null ? ZoneOffset.UTC : draft.zone;
    }

    private static ZonedDateTime time(long epochMilli, ZoneId zone) {
        return Instant.ofEpochMilli(epochMilli).atZone(zone);
    }

    /** @param placed the step of each observation, where that is not its number */
    private static TimeSeries series(SeriesDraft draft, @Nullable Timeline timeline, @Nullable Longs placed) {
        Covariates covariates =
                new Covariates(spread(draft.past, draft, placed), spread(draft.future, draft, placed), draft.fixed);
        double[] target = spread(draft.target, draft, placed);
        return new TimeSeries(draft.itemId, draft.frequency(timeline), timeline, target, covariates);
    }

    private static Map<String, double[]> spread(
            Map<String, Doubles> columns, SeriesDraft draft, @Nullable Longs placed) {
        Map<String, double[]> arrays = new TreeMap<>();
        columns.forEach((name, values) -> arrays.put(name, spread(values, draft, placed)));
        return arrays;
    }

    /** The values at their steps, NaN between them; what lies beyond the last time follows it step by step. */
    private static double[] spread(Doubles values, SeriesDraft draft, @Nullable Longs placed) {
        int observations = draft.target.size();
        int steps = placed == null ? observations : Math.toIntExact(placed.get(observations - 1) + 1);
        if (placed == null || observations == steps) {
            return values.release();
        }
        double[] spread = new double[steps + values.size() - observations];
        Arrays.fill(spread, Double.NaN);
        for (int k = 0; k < values.size(); k++) {
            int step = k < observations ? (int) placed.get(k) : steps + k - observations;
            spread[step] = values.get(k);
        }
        return spread;
    }
}
