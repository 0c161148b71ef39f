package io.foretide.generation;

import io.foretide.network.Checkpoint;
import io.foretide.network.Checkpoint.Best;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Member;
import io.foretide.network.Checkpoint.Underway;
import io.foretide.network.EpochLoss;
import io.foretide.network.InitialParameters;
import io.foretide.network.Seeds;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.network.TrainingFingerprint;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingResources;
import io.foretide.network.UnusableCheckpointException;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a training. All that moves while it runs can be put into a {@link Checkpoint}, between any two steps, and taken out
 * of it by another run.
 */
final class LanguageTraining {
    /** Held-out text is read in so many places at once. */
    private static final int STREAMS = 16;

    /** How far a number of an embedding is from zero in the beginning, where the table is not the head's. */
    private static final double SPREAD = 1;

    private final LanguagePlan.Planned planned;
    private final LanguageSettings settings;
    private final TrainingMonitor monitor;
    private final TrainingResources resources;
    private final TextBatches batches;
    private final SeenText seen;
    private final TrainingFingerprint fingerprint;
    private final List<EpochLoss> losses = new ArrayList<>();

    /** Its loss is infinite where nothing is held out to tell. */
    private @Nullable Best best;

    /** How many batches of the epoch are done, and the sum of their losses. */
    private int batch;

    private double lossSum;

    /** Whether there is anything new since the last checkpoint. */
    private boolean stepped;

    LanguageTraining(LanguagePlan.Planned planned, TrainingMonitor monitor, TrainingResources resources) {
        this.planned = planned;
        this.settings = planned.settings();
        this.monitor = monitor;
        this.resources = resources;
        this.batches = new TextBatches(planned.trainedTokens(), settings);
        LanguageModel parent = planned.parent();
        SeenText own = SeenText.of(planned.trained());
        this.seen = parent == null ? own : own.and(parent.seen());
        this.fingerprint = fingerprint(planned);
    }

    private static TrainingFingerprint fingerprint(LanguagePlan.Planned planned) {
        MessageDigest digest = TrainingFingerprint.newDigest();
        for (int number : planned.trainedTokens().numbers()) {
            digest.update((byte) number);
            digest.update((byte) (number >> 8));
            digest.update((byte) (number >> 16));
        }
        digest.update(planned.heldOut().getBytes(StandardCharsets.UTF_16LE));
        digest.update(planned.vocabulary().known().toString().getBytes(StandardCharsets.UTF_16LE));
        digest.update(List.of(planned.settings(), planned.chosen()).toString().getBytes(StandardCharsets.UTF_8));
        LanguageModel parent = planned.parent();
        if (parent != null) {
            digest.update(LanguageModelArtifact.write(parent));
        }
        return TrainingFingerprint.of(digest.digest());
    }

    TrainedLanguageModel train() {
        Optional<Checkpoint> last = lastCheckpoint();
        StopReason stoppedBy = last.isEmpty() ? learn(null) : goOn(last.get());
        Best found = Objects.requireNonNull(best);
        LanguageModel trained = model(found.parameters());
        return new TrainedLanguageModel(
                trained,
                LanguageModelArtifact.write(trained),
                planned.chosen(),
                List.copyOf(losses),
                List.of(new TrainedMember(found.epoch(), losses.size())),
                stoppedBy,
                planned.heldOut());
    }

    private LanguageModel model(float[] parameters) {
        return new LanguageModel(settings, planned.vocabulary(), parameters, seen);
    }

    private Optional<Checkpoint> lastCheckpoint() {
        Optional<InputStream> last = monitor.checkpoints().last();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = last.get()) {
            return Optional.of(Checkpoint.read(bytes, fingerprint));
        } catch (UnusableCheckpointException e) {
            monitor.checkpoints().refused("it " + e.getMessage());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StopReason goOn(Checkpoint last) {
        losses.addAll(last.losses());
        monitor.checkpoints().resumed(last, settings.training().epochs());
        return switch (last.stage()) {
            case Underway underway -> {
                best = last.best();
                batch = underway.batch();
                lossSum = underway.lossSum();
                yield learn(underway);
            }
            case Done(StopReason stoppedBy) -> {
                best = last.members().getFirst().best();
                yield stoppedBy;
            }
        };
    }

    private StopReason learn(@Nullable Underway from) {
        boolean decays = planned.chosen().contains("training.learning_rate");
        long steps = (long) settings.training().epochs() * batches.perEpoch();
        float[] initial = from == null ? initialParameters() : from.progress().parameters();
        try (var training =
                new LanguageSteps(settings, batches, initial, decays ? steps : 0, resources.threads())) {
            if (from != null) {
                training.resume(from.progress());
            }
            StopReason stoppedBy = trainEpochs(training);
            var member = new Member(Objects.requireNonNull(best), losses.size());
            monitor.checkpoints()
                    .keep(new Checkpoint(fingerprint, new Done(stoppedBy), List.of(member), null, losses));
            return stoppedBy;
        }
    }

    private float[] initialParameters() {
        LanguageModel parent = planned.parent();
        if (parent != null) {
            return parent.parameters();
        }
        GenerateSettings generate = settings.generate();
        float[] core = InitialParameters.draw(
                settings.network(),
                generate.embedding(),
                generate.vocabulary(),
                settings.training().seed());
        float[] all = new float[Math.toIntExact(settings.shape().parameters())];
        int embedding = generate.vocabulary() * generate.embedding();
        double spread = settings.shape().tied() ? 1 / Math.sqrt(generate.embedding()) : SPREAD;
        var random = new SplittableRandom(Seeds.at(settings.training().seed(), 0));
        for (int i = 0; i < embedding; i++) {
            all[i] = (float) (spread * (2 * random.nextDouble() - 1));
        }
        int layers = Math.toIntExact(settings.shape().layerParameters());
        System.arraycopy(core, 0, all, embedding, layers);
        int head = Math.toIntExact(settings.shape().headParameters());
        System.arraycopy(core, core.length - head, all, embedding + layers, head); // of a tied one, the bias alone
        return all;
    }

    private StopReason trainEpochs(LanguageSteps training) {
        int epochs = settings.training().epochs();
        monitor.planned(
                (long) batches.rows() * batches.steps(), planned.heldOutTokens().count());
        while (losses.size() < epochs) {
            if (!losses.isEmpty() && batch == 0 && monitor.outOfTime()) {
                return StopReason.TIME;
            }
            trainEpoch(training);
            boolean whole = batch == batches.perEpoch();
            endEpoch(training.parameters());
            monitor.epochFinished(losses.getLast(), epochs);
            if (!whole) {
                return StopReason.TIME;
            }
            if (hasValidation()
                    && losses.size() - Objects.requireNonNull(best).epoch()
                            >= settings.training().patience()) {
                return StopReason.PATIENCE;
            }
            batch = 0;
            lossSum = 0;
        }
        return StopReason.EPOCHS;
    }

    private boolean hasValidation() {
        return planned.heldOutTokens().count() > 0;
    }

    /** Trains what is left of the epoch, or less where the time is up. */
    private void trainEpoch(LanguageSteps training) {
        while (batch < batches.perEpoch()) {
            boolean cancelled =
                    monitor.cancelled(); // before a checkpoint is asked for: whoever cancels may want a last one
            keepCheckpointIfDue(training);
            if (cancelled) {
                throw new CancellationException("training was cancelled");
            }
            if (batch > 0 && monitor.outOfTime()) {
                return;
            }
            lossSum += training.step(losses.size() + 1, batch);
            batch++;
            stepped = true;
        }
    }

    private void keepCheckpointIfDue(LanguageSteps training) {
        if (stepped && monitor.checkpoints().due()) {
            var underway = new Underway(losses.size() + 1, batch, lossSum, training.progress());
            monitor.checkpoints().keep(new Checkpoint(fingerprint, underway, List.of(), best, losses));
            stepped = false;
        }
    }

    /** The best is the epoch of the least loss on held-out text; where nothing is held out, the last. */
    private void endEpoch(float[] parameters) {
        int epoch = losses.size() + 1;
        double trainLoss = lossSum / batch;
        if (!Double.isFinite(trainLoss)) {
            throw new ProblemException(
                    ProblemType.TRAINING_FAILED,
                    "The loss was no finite number in epoch %d. Train again with a lower learning_rate (it was %s)"
                                    .formatted(epoch, settings.training().learningRate())
                            + " or a lower gradient_clip.");
        }
        monitor.measuring();
        Double loss = hasValidation() ? validationLoss(parameters) : null;
        losses.add(new EpochLoss(epoch, trainLoss, loss));
        if (best != null && loss == null && monitor.outOfTimeToMeasure()) {
            return;
        }
        if (best == null || loss == null || Double.compare(loss, best.loss()) < 0) {
            best = new Best(epoch, loss == null ? Double.POSITIVE_INFINITY : loss, parameters);
        }
    }

    /** Nothing where there was no time for all of it. */
    private @Nullable Double validationLoss(float[] parameters) {
        var measuring = new Measuring(model(parameters), planned.heldOutTokens().numbers(), STREAMS);
        double nats = measuring.nats(monitor::outOfTimeToMeasure);
        return measuring.isComplete() ? nats : null;
    }
}
