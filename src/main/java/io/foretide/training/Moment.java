package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a job is, in the order in which things happen to it: the id of an event.
 *
 * <p>Read as {@code 17.2.training.8}: in the second run of the seventeenth job, eight epochs of training were done. It says
 * nothing of processes, so that a client may go on following from any other one.
 *
 * @param job the place of the job in the order of acceptance
 * @param run counts the runs of the job, those that were handed back included; one that waits waits for its next
 * @param stage the phase of the run, or how the job ended
 */
record Moment(long job, long run, String stage, int epoch) implements Comparable<Moment> {
    private static final List<String> STAGES = List.of(
            Phase.WAITING.wireName(),
            Phase.PREPARING.wireName(),
            Phase.TRAINING.wireName(),
            Phase.EVALUATING.wireName(),
            Phase.PUBLISHING.wireName(),
            JobState.SUCCEEDED.wireName(),
            JobState.FAILED.wireName(),
            JobState.CANCELLED.wireName());

    private static final Pattern SPELLING = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})\\.([a-z]{1,16})\\.(\\d{1,9})");

    // A job may end while it waits, which is before its next run.
    private static final Comparator<Moment> ORDER = Comparator.comparing(Moment::isLast)
            .thenComparing(Moment::run)
            .thenComparing(moment -> STAGES.indexOf(moment.stage))
            .thenComparing(Moment::epoch);

    Moment {
        if (!STAGES.contains(stage)) {
            throw new IllegalArgumentException("not a stage of a job: " + stage);
        }
    }

    static Moment of(Job job) {
        return switch (job.state()) {
            case QUEUED -> new Moment(job.sequence(), job.run() + 1, Phase.WAITING.wireName(), 0);
            case RUNNING -> {
                Progress progress = job.progress();
                yield new Moment(job.sequence(), job.run(), progress.phase().wireName(), progress.epoch());
            }
            case SUCCEEDED, FAILED, CANCELLED ->
                new Moment(
                        job.sequence(),
                        job.run(),
                        job.state().wireName(),
                        job.progress().epoch());
        };
    }

    /** When an epoch was done. */
    static Moment of(Job job, DoneEpoch epoch) {
        return new Moment(
                job.sequence(),
                epoch.run(),
                Phase.TRAINING.wireName(),
                epoch.loss().epoch());
    }

    /** The moment that a client has seen; a problem where the job cannot have sent it. */
    static Moment parse(String id, Job job) {
        Matcher parts = SPELLING.matcher(id);
        if (!parts.matches() || !STAGES.contains(parts.group(3))) {
            throw refused("is not the id of an event");
        }
        var moment = new Moment(
                Long.parseLong(parts.group(1)),
                Long.parseLong(parts.group(2)),
                parts.group(3),
                Integer.parseInt(parts.group(4)));
        if (moment.job() != job.sequence()) {
            throw refused("belongs to another job");
        }
        if (moment.compareTo(of(job)) > 0) {
            throw refused("is of a moment that this job has not reached");
        }
        return moment;
    }

    private static ProblemException refused(String reason) {
        return new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        "The Last-Event-ID %s. Send the id of the last event that you received of this job, or none to begin with how it stands."
                                .formatted(reason))
                .at("Last-Event-ID");
    }

    /** Whether nothing comes after it. */
    boolean isLast() {
        return JobState.ofWireName(stage).isPresent();
    }

    /** The last epoch that was done in its run before it, as far as its stage tells. */
    int epochsDone() {
        return switch (STAGES.indexOf(stage)) {
            case 0, 1 -> 0;
            case 2 -> epoch;
            default -> Integer.MAX_VALUE;
        };
    }

    @Override
    public int compareTo(Moment other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return job + "." + run + "." + stage + "." + epoch;
    }
}
