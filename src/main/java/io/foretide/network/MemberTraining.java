package io.foretide.network;

import io.foretide.network.Checkpoint.Best;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Member;
import io.foretide.network.Checkpoint.Underway;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Trains the members of a version one after the other, epoch by epoch, whatever they learn: ends each where its validation
 * loss has not improved for long, takes its best epoch, and keeps checkpoints from which another run goes on as if there had
 * been no other. Epochs are counted through all members.
 */
public final class MemberTraining {
    /** One member under training. */
    public interface Learner extends AutoCloseable {
        int batchesPerEpoch();

        /** @param epoch of this member, from 1 on; the order of its batches follows from the number */
        void beginEpoch(int epoch);

        /** Moves the parameters by one batch of the epoch, from 0 on. Gives the mean loss before. */
        double step(int batch);

        /** A copy of the progress so far. */
        Checkpoint.Progress progress();

        /** Goes on as the learner of the same settings would have that made this progress. */
        void resume(Checkpoint.Progress progress);

        /** The loss on what is held out from this member; null where nothing is. */
        @Nullable
        Double validationLoss();

        /** A copy of the parameters as they are now. */
        float[] parameters();

        @Override
        void close();
    }

    /** Makes learners, which start from what follows from settings and seed. */
    public interface Learners {
        Learner member(int member);
    }

    /**
     * What the members have become.
     *
     * @param members their parameters; fewer than were asked for where the time was up
     * @param losses one entry for each epoch
     */
    public record Outcome(
            List<float[]> members, List<TrainedMember> trained, List<EpochLoss> losses, StopReason stoppedBy) {}

    private final TrainingSettings settings;
    private final int memberCount;
    private final TrainingFingerprint fingerprint;
    private final TrainingMonitor monitor;
    private final Learners learners;
    private final List<EpochLoss> losses = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private @Nullable Best best;

    /** How many batches of the epoch are done, and the sum of their losses. */
    private int batch;

    private double lossSum;

    /** Whether there is anything new since the last checkpoint. */
    private boolean stepped;

    public MemberTraining(
            TrainingSettings settings,
            int members,
            TrainingFingerprint fingerprint,
            TrainingMonitor monitor,
            Learners learners) {
        this.settings = settings;
        this.memberCount = members;
        this.fingerprint = fingerprint;
        this.monitor = monitor;
        this.learners = learners;
    }

    /** Trains all members, or what is left of them. Once. */
    public Outcome train() {
        Optional<Checkpoint> last = lastCheckpoint();
        StopReason stoppedBy = last.isEmpty() ? learn(null) : goOn(last.get());
        return new Outcome(
                members.stream().map(member -> member.best().parameters()).toList(),
                members.stream()
                        .map(member -> new TrainedMember(member.best().epoch(), member.lastEpoch()))
                        .toList(),
                List.copyOf(losses),
                stoppedBy);
    }

    private Optional<Checkpoint> lastCheckpoint() {
        Optional<InputStream> last = monitor.checkpoints().last();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = last.get()) {
            return Optional.of(CheckpointFormat.read(bytes, fingerprint));
        } catch (UnusableCheckpointException e) {
            monitor.checkpoints().refused("it " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StopReason goOn(Checkpoint last) {
        losses.addAll(last.losses());
        members.addAll(last.members());
        best = last.best();
        monitor.checkpoints().resumed(last, plannedEpochs());
        return switch (last.stage()) {
            case Underway underway -> {
                batch = underway.batch();
                lossSum = underway.lossSum();
                yield learn(underway);
            }
            case Done(StopReason stoppedBy) -> stoppedBy;
        };
    }

    /** The epochs of the members that are done. */
    private int epochsBefore() {
        return members.isEmpty() ? 0 : members.getLast().lastEpoch();
    }

    private int plannedEpochs() {
        return epochsBefore() + (memberCount - members.size()) * settings.epochs();
    }

    private Checkpoint checkpoint(Checkpoint.Stage stage) {
        return new Checkpoint(fingerprint, stage, members, best, losses);
    }

    private StopReason learn(@Nullable Underway from) {
        StopReason stoppedBy = learnMember(from);
        while (stoppedBy != StopReason.TIME && members.size() < memberCount) {
            stoppedBy = learnMember(null);
        }
        if (monitor.checkpoints().dueWhenDone()) {
            monitor.checkpoints().keep(checkpoint(new Done(stoppedBy)));
        }
        return stoppedBy;
    }

    private StopReason learnMember(@Nullable Underway from) {
        try (Learner learner = learners.member(members.size())) {
            if (from != null) {
                learner.resume(from.progress());
            }
            StopReason stoppedBy = trainEpochs(learner);
            if (best != null) {
                members.add(new Member(best, losses.size()));
            }
            best = null;
            batch = 0;
            lossSum = 0;
            return stoppedBy;
        }
    }

    private StopReason trainEpochs(Learner learner) {
        int last = epochsBefore() + settings.epochs();
        while (losses.size() < last) {
            if (!losses.isEmpty() && batch == 0 && monitor.outOfTime()) {
                return StopReason.TIME;
            }
            trainEpoch(learner);
            boolean whole = batch == learner.batchesPerEpoch();
            if (!whole && best == null && !members.isEmpty()) {
                return StopReason.TIME; // so little would only spoil what the members before say
            }
            boolean measured = endEpoch(learner);
            monitor.epochFinished(losses.getLast(), plannedEpochs());
            if (!whole) {
                return StopReason.TIME;
            }
            if (measured && losses.size() - Objects.requireNonNull(best).epoch() >= settings.patience()) {
                return StopReason.PATIENCE;
            }
            batch = 0;
            lossSum = 0;
        }
        return StopReason.EPOCHS;
    }

    /** Trains what is left of the epoch, or less where the time is up. */
    private void trainEpoch(Learner learner) {
        learner.beginEpoch(losses.size() + 1 - epochsBefore());
        while (batch < learner.batchesPerEpoch()) {
            boolean cancelled =
                    monitor.cancelled(); // before a checkpoint is asked for: whoever cancels may want a last one
            if (stepped && monitor.checkpoints().due()) {
                var underway = new Underway(losses.size() + 1, batch, lossSum, learner.progress());
                monitor.checkpoints().keep(checkpoint(underway));
                stepped = false;
            }
            if (cancelled) {
                throw new CancellationException("training was cancelled");
            }
            if (batch > 0 && monitor.outOfTime()) {
                return;
            }
            lossSum += learner.step(batch);
            batch++;
            stepped = true;
        }
    }

    /** The best is the epoch of the least validation loss; where nothing is held out, the last. */
    private boolean endEpoch(Learner learner) {
        int epoch = losses.size() + 1;
        double trainLoss = lossSum / batch;
        if (!Double.isFinite(trainLoss)) {
            throw new ProblemException(
                    ProblemType.TRAINING_FAILED,
                    "The loss was no finite number in epoch %d. Train again with a lower learning_rate (it was %s)"
                                    .formatted(epoch, settings.learningRate())
                            + " or a lower gradient_clip.");
        }
        monitor.measuring();
        Double loss = learner.validationLoss();
        losses.add(new EpochLoss(epoch, trainLoss, loss));
        if (best == null || loss == null || Double.compare(loss, best.loss()) < 0) { // any number is better than none
            best = new Best(epoch, loss == null ? Double.POSITIVE_INFINITY : loss, learner.parameters());
        }
        return loss != null;
    }
}
