package io.foretide.network;

import io.foretide.network.Checkpoint.Best;
import io.foretide.network.Checkpoint.Done;
import io.foretide.network.Checkpoint.Member;
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
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a training: the members that are done, the best network so far of the present one, and what is needed to find
 * a better one. All that moves while it runs can be put into a {@link Checkpoint}, between any two steps, and taken out of
 * it by another run. Epochs are counted through all members.
 */
final class TrainingRun {
    /** The first step cannot be cut short, and is the slowest: where preparing took too long it is one on so few windows. */
    private static final int HURRIED_WINDOWS = 8;

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
    private final List<EpochLoss> losses = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    /** Its loss is infinite where nothing is held out to tell. */
    private @Nullable Best best;

    private @Nullable TrainingFingerprint fingerprint;

    /** What an earlier run kept, until this one goes on from it. */
    private @Nullable Checkpoint last;

    /** How many batches of the epoch are done, and the sum of their losses. */
    private int batch;

    private double lossSum;

    /** Whether there is anything new since the last checkpoint. */
    private boolean stepped;

    TrainingRun(List<TimeSeries> series, Plan.Planned planned, TrainingMonitor monitor, TrainingResources resources) {
        this(series, planned, monitor, resources, UnaryOperator.identity());
    }

    /** With what becomes of the smoothing that is chosen. */
    TrainingRun(
            List<TimeSeries> series,
            Plan.Planned planned,
            TrainingMonitor monitor,
            TrainingResources resources,
            UnaryOperator<Smoothing> adjusted) {
        this.series = series;
        this.planned = planned;
        this.settings = planned.settings();
        this.monitor = monitor;
        this.resources = resources;
        this.splits = Split.of(series, settings.forecast(), settings.training());
        this.last = lastCheckpoint().orElse(null);
        // What was learned already belongs to the smoothing of all series.
        BooleanSupplier over = last == null ? monitor::outOfTimeToPrepare : this::neverOver;
        this.smoothing = adjusted.apply(SmoothingFit.of(planned, series, splits, over));
        this.windows = new Windows(series, splits, settings, new Smoother(smoothing));
        this.validation = HeldOutErrors.ofValidation(series, splits).until(monitor::outOfTimeToMeasure);
        this.seen = Continuation.seen(planned, Seen.of(series, splits));
    }

    TrainedNetwork train() {
        Checkpoint from = last;
        last = null; // it is large
        StopReason stoppedBy = from == null ? learn(null) : goOn(from);
        Predictor trained = isUnproven() ? withoutNetwork(together()) : calibrated(together());
        return new TrainedNetwork(
                trained,
                Artifact.write(trained),
                planned.chosen(),
                List.copyOf(losses),
                members.stream()
                        .map(member -> new TrainedMember(member.best().epoch(), member.lastEpoch()))
                        .toList(),
                stoppedBy);
    }

    private boolean neverOver() {
        requireUncancelled(monitor.cancelled());
        return false;
    }

    private static void requireUncancelled(boolean cancelled) {
        if (cancelled) {
            throw new CancellationException("training was cancelled");
        }
    }

    private Optional<Checkpoint> lastCheckpoint() {
        Optional<InputStream> last = monitor.checkpoints().last();
        if (last.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream bytes = last.get()) {
            return Optional.of(CheckpointFormat.read(bytes, fingerprint()));
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

    private Checkpoint checkpoint(Checkpoint.Stage stage) {
        return new Checkpoint(fingerprint(), stage, members, best, losses);
    }

    /** Passes over all series, which a training without checkpoints is spared. */
    private TrainingFingerprint fingerprint() {
        if (fingerprint == null) {
            fingerprint = TrainingFingerprint.of(series, planned);
        }
        return fingerprint;
    }

    /** The epochs of the members that are done. */
    private int epochsBefore() {
        return members.isEmpty() ? 0 : members.getLast().lastEpoch();
    }

    /** The most epochs that all members may train: fewer, where one that is done had stopped early. */
    private int plannedEpochs() {
        int left = settings.network().members() - members.size();
        return epochsBefore() + left * settings.training().epochs();
    }

    /** Trains one member after the other. */
    private StopReason learn(@Nullable Underway from) {
        StopReason stoppedBy = learnMember(from);
        while (stoppedBy != StopReason.TIME
                && members.size() < settings.network().members()) {
            stoppedBy = learnMember(null);
        }
        if (monitor.checkpoints().dueWhenDone()) {
            monitor.checkpoints().keep(checkpoint(new Done(stoppedBy)));
        }
        return stoppedBy;
    }

    private StopReason learnMember(@Nullable Underway from) {
        Settings own = settings.ofMember(members.size());
        boolean decays = planned.chosen().contains("training.learning_rate");
        long steps = (long) own.training().epochs() * windows.batchesPerEpoch();
        Weights initial = from == null
                ? initialWeights(own)
                : WeightsFormat.weights(own, from.progress().parameters());
        try (var training = new DirectTraining(own, initial, decays ? steps : 0, resources.threads())) {
            if (from != null) {
                training.resume(from.progress());
            }
            StopReason stoppedBy = trainEpochs(own, training);
            endMember();
            return stoppedBy;
        }
    }

    private Weights initialWeights(Settings own) {
        Predictor parent = planned.parent();
        if (parent != null) {
            return parent.members().get(members.size());
        }
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return DeepNetwork.initialWeights(own);
    }

    /** A member for which time was up in its first epoch has no best, and is left out. */
    private void endMember() {
        if (best != null) {
            members.add(new Member(best, losses.size()));
        }
        best = null;
        batch = 0;
        lossSum = 0;
    }

    private StopReason trainEpochs(Settings own, DirectTraining training) {
        monitor.planned(own, (long) own.training().batchSize() * own.forecast().context(), validation.steps());
        int last = epochsBefore() + own.training().epochs();
        while (losses.size() < last) {
            if (!losses.isEmpty() && batch == 0 && monitor.outOfTime()) {
                return StopReason.TIME;
            }
            trainEpoch(own, training);
            boolean whole = batch == windows.batchesPerEpoch();
            if (!whole && best == null && !members.isEmpty()) {
                return StopReason.TIME; // so little would only spoil what the members before say
            }
            endEpoch(own, training.weights());
            monitor.epochFinished(losses.getLast(), plannedEpochs());
            if (!whole) {
                return StopReason.TIME;
            }
            if (!validation.isEmpty()
                    && losses.size() - Objects.requireNonNull(best).epoch()
                            >= own.training().patience()) {
                return StopReason.PATIENCE;
            }
            batch = 0;
            lossSum = 0;
        }
        return StopReason.EPOCHS;
    }

    /** Trains what is left of the epoch, or less where the time is up. */
    private void trainEpoch(Settings own, DirectTraining training) {
        int batchSize = own.training().batchSize();
        int epochOfMember = losses.size() + 1 - epochsBefore();
        List<Windows.Window> drawn =
                windows.draw(new SplittableRandom(Seeds.at(own.training().seed(), epochOfMember)));
        while (batch < windows.batchesPerEpoch()) {
            boolean cancelled =
                    monitor.cancelled(); // before a checkpoint is asked for: whoever cancels may want a last one
            keepCheckpointIfDue(training);
            requireUncancelled(cancelled);
            if (batch > 0 && monitor.outOfTime()) {
                return;
            }
            List<Windows.Window> next = drawn.subList(batch * batchSize, (batch + 1) * batchSize);
            boolean first = batch == 0 && losses.isEmpty();
            boolean hurried = first && batchSize > HURRIED_WINDOWS && monitor.outOfTimeToPrepare();
            lossSum += training.step(windows.batch(hurried ? next.subList(0, HURRIED_WINDOWS) : next));
            batch++;
            stepped = true;
        }
    }

    private void keepCheckpointIfDue(DirectTraining training) {
        if (stepped && monitor.checkpoints().due()) {
            var underway = new Underway(losses.size() + 1, batch, lossSum, training.progress());
            monitor.checkpoints().keep(checkpoint(underway));
            stepped = false;
        }
    }

    /** The best is the epoch of the least validation loss; where nothing is held out, the last. One that was not measured in time is not. */
    private void endEpoch(Settings own, Weights weights) {
        int epoch = losses.size() + 1;
        double trainLoss = lossSum / batch;
        if (!Double.isFinite(trainLoss)) {
            throw new ProblemException(
                    ProblemType.TRAINING_FAILED,
                    "The loss was no finite number in epoch %d. Train again with a lower learning_rate (it was %s)"
                                    .formatted(epoch, own.training().learningRate())
                            + " or a lower gradient_clip.");
        }
        monitor.measuring();
        boolean onlyOne = best == null && batch < windows.batchesPerEpoch(); // there is no time for another
        Double loss = validation.isEmpty() || onlyOne ? null : validation.loss(predictor(own, List.of(weights)));
        losses.add(new EpochLoss(epoch, trainLoss, loss));
        if (best != null && loss == null && monitor.outOfTimeToMeasure()) {
            return;
        }
        if (best == null || loss == null || Double.compare(loss, best.loss()) < 0) { // any number is better than none
            best = new Best(epoch, loss == null ? Double.POSITIVE_INFINITY : loss, WeightsFormat.floats(weights));
        }
    }

    private Predictor predictor(Settings own, List<Weights> weights) {
        return new Predictor(own, smoothing, weights, Head.of(own.forecast()), seen);
    }

    /** All members, which are fewer than were asked for where the time was up. */
    private Predictor together() {
        return predictor(
                settings.withMembers(members.size()),
                members.stream()
                        .map(member ->
                                WeightsFormat.weights(settings, member.best().parameters()))
                        .toList());
    }

    /** Whether something was to be held out, and no series was long enough: all that the network says is then learned by heart. */
    private boolean isUnproven() {
        return validation.isEmpty()
                && settings.training().validationSplit() > 0
                && settings.forecast().loss() == Loss.QUANTILE
                && smoothing.anchoring() == Anchoring.AUTO;
    }

    private Predictor withoutNetwork(Predictor trained) {
        ForecastSettings forecast = settings.forecast();
        var anchor = AnchorErrors.of(trained.smoother(), series, splits, forecast.horizon());
        var calibration = new Calibration(
                0,
                Calibration.none(forecast.horizon(), forecast.quantiles().size())
                        .stretches(),
                true);
        return new Predictor(
                trained.settings(),
                smoothing,
                trained.members().stream()
                        .map(weights -> anchor.instead(weights, forecast))
                        .toList(),
                new QuantileHead(forecast.quantiles(), calibration),
                seen);
    }

    private Predictor calibrated(Predictor trained) {
        Head head = switch (trained.head()) {
            case MeanHead _ -> new MeanHead(errors().deviations(trained));
            case QuantileHead quantiles -> new QuantileHead(quantiles.levels(), Calibration.of(trained, validation));
            case CountHead counts -> counts;
        };
        return new Predictor(trained.settings(), smoothing, trained.members(), head, seen);
    }

    private HeldOutErrors errors() {
        return validation.isEmpty()
                ? HeldOutErrors.ofTraining(series, splits, settings.forecast().horizon())
                        .until(monitor::outOfTimeToMeasure)
                : validation;
    }
}
