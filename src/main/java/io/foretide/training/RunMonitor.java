package io.foretide.training;

import io.foretide.network.EpochLoss;
import io.foretide.network.Settings;
import io.foretide.network.TrainingMonitor;
import io.foretide.training.TimeBudget.Stage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Writes how one run of a job goes, and tells it when to end. Belongs to the thread of the run. */
final class RunMonitor implements TrainingMonitor {
    private static final Logger log = LoggerFactory.getLogger(RunMonitor.class);

    /** Long enough to cost a training nothing, short enough that a cancelled one ends at once for a person. */
    private static final Duration CLAIM_CHECK_INTERVAL = Duration.ofMillis(300);

    /** What is held out is walked once more to measure a version, and by it and the champion to compare them. */
    private static final long WALKS_AFTER = 3;

    private final Claim claim;
    private final CheckpointKeeper checkpoints;
    private final JobTransitions transitions;
    private final TrainingProperties limits;
    private final BooleanSupplier stopping;
    private final Clock clock;
    private final Instant begun;
    private final List<EpochLoss> unreported = new ArrayList<>();
    private @Nullable Interruption interruption;
    private @Nullable TimeBudget budget;
    private ToLongFunction<Settings> stepsAfter = _ -> 0;
    private Instant claimChecked;
    private Instant reported;
    private Instant trainingBegun;
    private int epochsBefore;
    private Progress progress = Progress.NONE;

    /** Why a run ends before its job is done. */
    enum Interruption {
        /** The process is about to end; the job waits for another. */
        STOPPING,
        /** The job was cancelled, or another run has taken it. */
        CLAIM_LOST,
        TIMEOUT
    }

    /** @param stopping whether the process is about to end */
    RunMonitor(Claim claim, RunServices services, BooleanSupplier stopping) {
        this.claim = claim;
        this.transitions = services.transitions();
        this.limits = services.limits();
        this.stopping = stopping;
        this.clock = services.clock();
        this.begun = clock.instant();
        this.claimChecked = begun;
        this.reported = begun;
        this.trainingBegun = begun;
        this.checkpoints = new CheckpointKeeper(claim, this, services);
    }

    @Override
    public CheckpointKeeper checkpoints() {
        return checkpoints;
    }

    /**
     * Says that the run trains from here on, and for how long the job may take at most to end with what it has.
     *
     * @param stepsAfter how many steps are walked after a training with such settings
     */
    void startTraining(@Nullable Duration maxDuration, ToLongFunction<Settings> stepsAfter) {
        this.budget = maxDuration == null ? null : new TimeBudget(maxDuration, this::spent);
        this.stepsAfter = stepsAfter;
        trainingBegun = clock.instant();
        enter(Phase.TRAINING);
    }

    /** Says what the run does next. */
    void enter(Phase phase) {
        progress = new Progress(
                phase, progress.epoch(), progress.epochs(), progress.trainLoss(), progress.validationLoss(), null);
        report();
    }

    /** Says that earlier runs have finished so many epochs of the planned ones, and that this one goes on from there. */
    void resumed(List<EpochLoss> losses, int epochs) {
        unreported.addAll(losses);
        epochsBefore = losses.size();
        EpochLoss last = losses.isEmpty() ? null : losses.getLast();
        progress = new Progress(
                Phase.TRAINING,
                epochsBefore,
                epochs,
                last == null ? null : last.trainLoss(),
                last == null ? null : last.validationLoss(),
                null);
        report();
    }

    /** As {@link #startTraining(Duration, ToLongFunction)}, of a task whose plan says how many steps are held out. */
    void startTraining(@Nullable Duration maxDuration) {
        startTraining(maxDuration, _ -> 0);
    }

    @Override
    public void planned(long batchSteps, long heldOutSteps) {
        if (budget != null) {
            budget.plan(batchSteps, heldOutSteps, WALKS_AFTER * heldOutSteps);
        }
    }

    @Override
    public void planned(Settings settings, long batchSteps, long heldOutSteps) {
        if (budget != null) {
            budget.plan(batchSteps, heldOutSteps, stepsAfter.applyAsLong(settings));
        }
    }

    @Override
    public void measuring() {
        if (budget != null) {
            budget.measuring();
        }
    }

    @Override
    public void epochFinished(EpochLoss loss, int epochs) {
        if (budget != null) {
            budget.measured();
        }
        unreported.add(loss);
        progress = new Progress(
                Phase.TRAINING,
                loss.epoch(),
                epochs,
                loss.trainLoss(),
                loss.validationLoss(),
                remaining(loss.epoch(), epochs));
        reportIfDue();
    }

    private void reportIfDue() {
        if (!unreported.isEmpty() && !clock.instant().isBefore(reported.plus(limits.reportInterval()))) {
            report();
        }
    }

    private Duration remaining(int epoch, int epochs) {
        Duration perEpoch =
                Duration.between(trainingBegun, clock.instant()).dividedBy(Math.max(1, epoch - epochsBefore));
        Duration planned = perEpoch.multipliedBy(Math.max(0, epochs - epoch));
        if (budget == null) {
            return planned;
        }
        Duration allowed = budget.limit().minus(spent());
        return allowed.isNegative() ? Duration.ZERO : planned.compareTo(allowed) < 0 ? planned : allowed;
    }

    private void report() {
        reported = clock.instant();
        try {
            if (!transitions.report(claim, progress, spent(), unreported)) {
                interruption = Interruption.CLAIM_LOST;
            }
            unreported.clear();
        } catch (DataAccessException | TransactionException e) {
            // Progress is a service to those who watch: the training goes on, and the next report brings it all.
            log.warn("training progress not written id={}", claim.jobId(), e);
        }
    }

    /** The last loss on the data that trains, if an epoch was finished. */
    Optional<Double> loss() {
        return Optional.ofNullable(progress.trainLoss());
    }

    /** The time that the job took so far, earlier runs included. */
    Duration spent() {
        return claim.spent().plus(Duration.between(begun, clock.instant()));
    }

    @Override
    public boolean cancelled() {
        if (interruption == null) {
            interruption = findInterruption();
        }
        return interruption != null;
    }

    @Override
    public boolean outOfTime() {
        return budget != null && budget.isTrainingOver();
    }

    @Override
    public boolean outOfTimeToPrepare() {
        requireUninterrupted();
        return isOver(Stage.PREPARATION);
    }

    @Override
    public boolean outOfTimeToMeasure() {
        requireUninterrupted();
        return isOver(Stage.HELD_OUT);
    }

    private boolean isOver(Stage stage) {
        return budget != null && budget.isOver(stage);
    }

    /** Whether the limit of the job's duration made anything less than it would have been. */
    boolean timeActed() {
        return budget != null && budget.acted();
    }

    /** Whether there is time left to measure the version, or afterwards to compare it; goes on only while the run is not told to end. */
    boolean hasTimeToExamine() {
        requireUninterrupted();
        return !isOver(progress.phase() == Phase.PUBLISHING ? Stage.COMPARISON : Stage.MEASURES);
    }

    private @Nullable Interruption findInterruption() {
        if (stopping.getAsBoolean()) {
            return Interruption.STOPPING;
        }
        Instant now = clock.instant();
        if (now.isBefore(claimChecked.plus(CLAIM_CHECK_INTERVAL))) {
            return null;
        }
        claimChecked = now;
        reportIfDue();
        if (!isHeld()) {
            return Interruption.CLAIM_LOST;
        }
        return spent().compareTo(limits.timeout()) > 0 ? Interruption.TIMEOUT : null;
    }

    private boolean isHeld() {
        try {
            return transitions.isHeld(claim);
        } catch (DataAccessException | TransactionException e) {
            // Publishing asks again, in the transaction that publishes.
            log.warn("training claim not checked id={}", claim.jobId(), e);
            return true;
        }
    }

    /** Hears that the job was cancelled, or that another run has taken it. */
    void loseJob() {
        interruption = Interruption.CLAIM_LOST;
    }

    /** Whether no run is to go on from what this one has done. */
    boolean hasLostItsJob() {
        return interruption == Interruption.CLAIM_LOST || interruption == Interruption.TIMEOUT;
    }

    /** Whether the process is about to end. */
    boolean stopping() {
        return stopping.getAsBoolean();
    }

    /** Why the run was told to end; empty where it was not. */
    Optional<Interruption> interruption() {
        return Optional.ofNullable(interruption);
    }

    /** Goes on only while the run is not told to end. */
    void requireUninterrupted() {
        if (cancelled()) {
            throw new CancellationException("the run was told to end");
        }
    }
}
