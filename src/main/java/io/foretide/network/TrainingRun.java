package io.foretide.network;

import io.foretide.network.Checkpoint.Best;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Underway;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.TimeSeries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a training: the best network so far, and what is needed to find a better one. All that moves while it runs
 * can be put into a {@link Checkpoint}, between any two steps, and taken out of it by another run.
 */
final class TrainingRun {
    private final List<TimeSeries> series;
    private final Plan.Planned planned;
    private final Settings settings;
    private final TrainingMonitor monitor;
    private final TrainingResources resources;
    private final List<Split> splits;
    private final Smoothing smoothing;
    private final Windows windows;
    private final HeldOutErrors validation;
    private final Seen seen;
    private final TrainingFingerprint fingerprint;
    private final List<EpochLoss> losses = new ArrayList<>();

    private @Nullable Candidate best;
    private int epoch = 1;

    /** How many batches of the epoch are done, and the sum of their losses. */
    private int batch;

    private double lossSum;

    /** Whether there is anything new since the last checkpoint. */
    private boolean stepped;

    /** A network after an epoch; its loss is infinite where nothing is held out to tell. */
    private record Candidate(Predictor predictor, int epoch, double loss) {}

    TrainingRun(List<TimeSeries> series, Plan.Planned planned, TrainingMonitor monitor, TrainingResources resources) {
        this.series = series;
        this.planned = planned;
        this.settings = planned.settings();
        this.monitor = monitor;
        this.resources = resources;
        this.splits = series.stream()
                .map(one -> Split.of(one, settings.forecast(), settings.training()))
                .toList();
        this.smoothing = SmoothingFit.of(planned, series, splits);
        this.windows = new Windows(series, splits, settings, new Smoother(smoothing));
        this.validation = HeldOutErrors.ofValidation(series, splits).until(monitor::outOfTimeToMeasure);
        this.seen = Continuation.seen(planned, Seen.of(series, splits));
        this.fingerprint = TrainingFingerprint.of(series, planned);
    }

    TrainedNetwork train() {
        Optional<Checkpoint> last = lastCheckpoint();
        if (last.isEmpty()) {
            return trained(learn(null));
        }
        recall(last.get());
        monitor.checkpoints().resumed(last.get(), settings.training().epochs());
        return switch (last.get().stage()) {
            case Underway underway -> trained(learn(underway));
            case Done(StopReason stoppedBy) -> trained(stoppedBy);
        };
    }

    private TrainedNetwork trained(StopReason stoppedBy) {
        Candidate chosen = Objects.requireNonNull(best);
        Predictor trained = calibrated(chosen.predictor());
        return new TrainedNetwork(
                trained, Artifact.write(trained), planned.chosen(), List.copyOf(losses), chosen.epoch(), stoppedBy);
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

    private void recall(Checkpoint last) {
        losses.addAll(last.losses());
        Best kept = last.best();
        if (kept != null) {
            Weights weights = WeightsFormat.weights(settings, kept.parameters());
            best = new Candidate(predictor(weights), kept.epoch(), kept.loss());
        }
        if (last.stage() instanceof Underway underway) {
            epoch = underway.epoch();
            batch = underway.batch();
            lossSum = underway.lossSum();
        }
    }

    private Checkpoint checkpoint(Checkpoint.Stage stage) {
        Candidate present = best;
        Best kept = present == null
                ? null
                : new Best(
                        present.epoch(),
                        present.loss(),
                        WeightsFormat.floats(present.predictor().weights()));
        return new Checkpoint(fingerprint, stage, kept, losses);
    }

    private StopReason learn(@Nullable Underway from) {
        boolean decays = planned.chosen().contains("training.learning_rate");
        long steps = (long) settings.training().epochs() * windows.batchesPerEpoch();
        Weights initial = from == null
                ? initialWeights()
                : WeightsFormat.weights(settings, from.progress().parameters());
        try (var training = new DirectTraining(settings, initial, decays ? steps : 0, resources.threads())) {
            if (from != null) {
                training.resume(from.progress());
            }
            StopReason stoppedBy = trainEpochs(training);
            monitor.checkpoints().keep(checkpoint(new Done(stoppedBy)));
            return stoppedBy;
        }
    }

    private Weights initialWeights() {
        Predictor parent = planned.parent();
        if (parent != null) {
            return parent.weights();
        }
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return DeepNetwork.initialWeights(settings);
    }

    private StopReason trainEpochs(DirectTraining training) {
        monitor.planned(
                settings,
                (long) settings.training().batchSize() * settings.forecast().context(),
                validation.steps());
        int epochs = settings.training().epochs();
        while (epoch <= epochs) {
            if (epoch > 1 && batch == 0 && monitor.outOfTime()) {
                return StopReason.TIME;
            }
            trainEpoch(training);
            endEpoch(training.weights());
            monitor.epochFinished(losses.getLast(), epochs);
            if (batch < windows.batchesPerEpoch()) {
                return StopReason.TIME;
            }
            if (!validation.isEmpty()
                    && epoch - Objects.requireNonNull(best).epoch()
                            >= settings.training().patience()) {
                return StopReason.PATIENCE;
            }
            epoch++;
            batch = 0;
            lossSum = 0;
        }
        return StopReason.EPOCHS;
    }

    /** Trains what is left of the epoch, or less where the time is up. */
    private void trainEpoch(DirectTraining training) {
        int batchSize = settings.training().batchSize();
        List<Windows.Window> drawn =
                windows.draw(new SplittableRandom(Seeds.at(settings.training().seed(), epoch)));
        while (batch < windows.batchesPerEpoch()) {
            boolean cancelled =
                    monitor.cancelled(); // before a checkpoint is asked for: whoever cancels may want a last one
            keepCheckpointIfDue(training);
            if (cancelled) {
                throw new CancellationException("training was cancelled");
            }
            if (batch > 0 && monitor.outOfTime()) {
                return;
            }
            lossSum += training.step(windows.batch(drawn.subList(batch * batchSize, (batch + 1) * batchSize)));
            batch++;
            stepped = true;
        }
    }

    private void keepCheckpointIfDue(DirectTraining training) {
        if (stepped && monitor.checkpoints().due()) {
            monitor.checkpoints().keep(checkpoint(new Underway(epoch, batch, lossSum, training.progress())));
            stepped = false;
        }
    }

    private void endEpoch(Weights weights) {
        double trainLoss = lossSum / batch;
        if (Double.isFinite(trainLoss) || best == null) {
            keepIfBetter(predictor(weights), trainLoss);
        }
        if (!Double.isFinite(trainLoss)) {
            throw new ProblemException(
                    ProblemType.TRAINING_FAILED,
                    "The loss was no finite number in epoch %d. Train again with a lower learning_rate (it was %s)"
                                    .formatted(epoch, settings.training().learningRate())
                            + " or a lower gradient_clip.");
        }
    }

    /** Where nothing is held out, the last epoch is taken for the best; one that was not measured in time is not. */
    private void keepIfBetter(Predictor candidate, double trainLoss) {
        monitor.measuring();
        boolean onlyOne = best == null && batch < windows.batchesPerEpoch(); // there is no time for another
        Double loss = validation.isEmpty() || onlyOne ? null : validation.loss(candidate);
        losses.add(new EpochLoss(epoch, trainLoss, loss));
        if (best != null && loss == null && monitor.outOfTimeToMeasure()) {
            return;
        }
        if (best == null || loss == null || Double.compare(loss, best.loss()) < 0) { // any number is better than none
            best = new Candidate(candidate, epoch, loss == null ? Double.POSITIVE_INFINITY : loss);
        }
    }

    private Predictor predictor(Weights weights) {
        return new Predictor(settings, smoothing, weights, Head.of(settings.forecast()), seen);
    }

    private Predictor calibrated(Predictor trained) {
        Head head = switch (trained.head()) {
            case MeanHead _ -> new MeanHead(errors().deviations(trained));
            case QuantileHead quantiles -> new QuantileHead(quantiles.levels(), Calibration.of(trained, validation));
            case CountHead counts -> counts;
        };
        return new Predictor(settings, smoothing, trained.weights(), head, seen);
    }

    private HeldOutErrors errors() {
        return validation.isEmpty()
                ? HeldOutErrors.ofTraining(series, splits, settings.forecast().horizon())
                        .until(monitor::outOfTimeToMeasure)
                : validation;
    }
}
