package io.foretide.streaming;

import io.foretide.network.Features;
import io.foretide.series.Frequency;
import io.foretide.series.SentTime;
import io.foretide.series.Timeline;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.OptionalLong;

/** What an observation is to a session: its next step, or nothing that changes it. */
sealed interface Intake {
    /** The session has counted it already. */
    Intake REPEAT = new Repeat();

    record Next(Step.Value step) implements Intake {}

    record Repeat() implements Intake {}

    /** It is not later than the last step: not applied, and not counted. */
    record Late(String time, String expected) implements Intake {}

    /** Whether a session has counted so far already; fails where that leaves a gap. */
    static boolean isRepeat(Session session, long seq) {
        long expected = session.seq() + 1;
        if (seq > expected) {
            throw SessionProblems.unexpectedCount(session.name(), expected, seq);
        }
        return seq < expected;
    }

    /** What a client is told of a repeat. */
    static String duplicate(Session session, long seq) {
        return "Observation %d was applied before, and was not applied again. The session is at %d."
                .formatted(seq, session.seq());
    }

    /** Observations of the sessions of a version that forecasts. */
    record Reader(ServedForecaster version, int maxJump) {
        /**
         * @param steps how many steps the session has walked
         * @throws io.foretide.problem.ProblemException where it cannot be a step of the session
         */
        Intake of(Session session, Observation observation, long steps) {
            return isRepeat(session, observation.seq()) ? REPEAT : next(version, session, observation, steps, maxJump);
        }
    }

    private static Intake next(
            ServedForecaster version, Session session, Observation observation, long steps, int maxJump) {
        if (observation.channels().length > 0) {
            throw SessionProblems.invalid(
                    "/value", "is a list, and %s forecasts a series of single values".formatted(version.title()));
        }
        if (!Double.isNaN(observation.value())) {
            version.inputs().requireTaken(session.name(), observation.value(), "/value");
        }
        int skipped = 0;
        if (observation.time() != null) {
            long ahead = ahead(session, observation.time(), steps);
            if (ahead < 0) {
                Timeline timeline = timeline(session);
                return new Late(observation.time().label(), timeline.labelOf(steps));
            }
            if (ahead > maxJump) {
                throw SessionProblems.tooFarAhead(
                        ahead, maxJump, timeline(session).labelOf(steps));
            }
            skipped = (int) ahead;
        }
        return new Next(
                new Step.Value(observation.seq(), skipped, observation.value(), covariates(version, observation)));
    }

    private static double[] covariates(ServedForecaster version, Observation observation) {
        Features features = version.predictor().features();
        if (!observation.past().isEmpty()) {
            version.inputs().requirePast(observation.past().keySet(), "/past");
        }
        if (!observation.future().isEmpty()) {
            version.inputs().requireFuture(observation.future().keySet(), "/future");
        }
        return Around.kept(features, observation.past(), observation.future());
    }

    private static Timeline timeline(Session session) {
        Timeline timeline = session.settings().timeline();
        if (timeline == null) {
            throw SessionProblems.noTimes(session.name());
        }
        return timeline;
    }

    /** How many steps a time lies beyond the next one of the session; negative where it lies before. */
    private static long ahead(Session session, SentTime sent, long steps) {
        Timeline timeline = timeline(session);
        Frequency frequency = timeline.frequency();
        ZonedDateTime start = timeline.start();
        long last = timeline.timeOf(steps - 1).toInstant().toEpochMilli();
        OptionalLong millis = sent.toEpochMilliAfter(last, start.getZone());
        OptionalLong step = millis.isEmpty()
                ? millis
                : frequency.stepsBetween(
                        start, Instant.ofEpochMilli(millis.getAsLong()).atZone(start.getZone()));
        if (step.isEmpty()) {
            throw SessionProblems.notAStep(sent.label(), timeline.labelOf(steps));
        }
        return step.getAsLong() - steps;
    }
}
