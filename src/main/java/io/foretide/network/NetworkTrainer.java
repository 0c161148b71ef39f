package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains one global network over many series. What a training does follows from data, settings and seed, counted in
 * steps: the same three give the same artifact, byte for byte.
 */
public final class NetworkTrainer {
    /**
     * Refuses what no training could make sense of: options that this release has no network for, and series with nothing
     * to learn from.
     */
    public static void check(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        TrainingCheck.check(
                series, Plan.complete(series, forecast, network, training).settings());
    }

    /** The memory outside the heap that trainings in progress take, in bytes. */
    public static long nativeMemory() {
        return NativeLibraries.allocatedBytes();
    }

    /** Options whose absent fields are chosen for the series; the horizon is present. */
    public TrainedNetwork train(
            List<TimeSeries> series,
            ForecastOptions forecast,
            NetworkOptions network,
            TrainingOptions training,
            TrainingMonitor monitor) {
        Plan.Planned planned = Plan.complete(series, forecast, network, training);
        TrainingCheck.check(series, planned.settings());
        boolean decays = planned.chosen().contains("training.learning_rate");
        return new Run(series, planned, monitor).train(decays);
    }

    /** One training: the best network so far, and what is needed to find a better one. */
    private static final class Run {
        private final List<TimeSeries> series;
        private final Plan.Planned planned;
        private final Settings settings;
        private final TrainingMonitor monitor;
        private final List<Split> splits;
        private final Smoothing smoothing;
        private final Windows windows;
        private final HeldOutErrors validation;
        private final Seen seen;
        private final List<EpochLoss> losses = new ArrayList<>();

        private @Nullable Predictor best;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private int bestEpoch;

        /** Whether the time was up before an epoch had all its batches. */
        private boolean cutShort;

        private Run(List<TimeSeries> series, Plan.Planned planned, TrainingMonitor monitor) {
            this.series = series;
            this.planned = planned;
            this.settings = planned.settings();
            this.monitor = monitor;
            this.splits = series.stream()
                    .map(one -> Split.of(one, settings.forecast(), settings.training()))
                    .toList();
            this.smoothing = SmoothingFit.choose(settings.forecast(), series, splits);
            this.windows = new Windows(series, splits, settings, new Smoother(smoothing));
            this.validation = HeldOutErrors.ofValidation(series, splits);
            this.seen = Seen.of(series, splits);
        }

        private TrainedNetwork train(boolean decays) {
            int steps =
                    (int) Math.min(Integer.MAX_VALUE, (long) settings.training().epochs() * windows.batchesPerEpoch());
            var random = new SplittableRandom(settings.training().seed());
            MultiLayerNetwork deep = DeepNetwork.create(settings, Head.of(settings.forecast()), decays ? steps : 0);
            StopReason stoppedBy;
            try {
                stoppedBy = trainEpochs(deep, random);
            } finally {
                deep.close();
            }
            Predictor trained = withDeviations(java.util.Objects.requireNonNull(best));
            return new TrainedNetwork(
                    trained,
                    Artifact.write(trained),
                    settings,
                    smoothing,
                    planned.chosen(),
                    List.copyOf(losses),
                    bestEpoch,
                    stoppedBy);
        }

        private StopReason trainEpochs(MultiLayerNetwork deep, SplittableRandom random) {
            int epochs = settings.training().epochs();
            for (int epoch = 1; epoch <= epochs; epoch++) {
                double trainLoss = trainEpoch(deep, random);
                boolean outOfTime = monitor.outOfTime();
                if (Double.isFinite(trainLoss) || best == null) {
                    keepIfBetter(deep, epoch, trainLoss);
                }
                if (!Double.isFinite(trainLoss)) {
                    throw new ProblemException(
                            ProblemType.TRAINING_FAILED,
                            "The loss was no finite number in epoch %d. Train again with a lower learning_rate (it was %s)"
                                            .formatted(
                                                    epoch, settings.training().learningRate())
                                    + " or a lower gradient_clip.");
                }
                monitor.epochFinished(losses.getLast(), epochs);
                if (cutShort) {
                    return StopReason.TIME;
                }
                if (!validation.isEmpty()
                        && epoch - bestEpoch >= settings.training().patience()) {
                    return StopReason.PATIENCE;
                }
                if (epoch < epochs && outOfTime) {
                    return StopReason.TIME;
                }
            }
            return StopReason.EPOCHS;
        }

        private double trainEpoch(MultiLayerNetwork deep, SplittableRandom random) {
            List<Windows.Window> drawn = windows.draw(random);
            int size = settings.training().batchSize();
            double loss = 0;
            int batches = 0;
            for (int from = 0; from < drawn.size(); from += size) {
                if (monitor.cancelled()) {
                    throw new CancellationException("training was cancelled");
                }
                if (batches > 0 && monitor.outOfTime()) {
                    cutShort = true;
                    break;
                }
                loss += step(deep, windows.batch(drawn.subList(from, Math.min(drawn.size(), from + size))));
                batches++;
            }
            return loss / batches;
        }

        private double step(MultiLayerNetwork deep, Windows.Batch batch) {
            int labels = 2 * settings.forecast().horizon();
            try (INDArray x = Nd4j.create(
                            batch.inputs(), new long[] {batch.windows(), Inputs.COUNT, batch.steps()}, 'c');
                    INDArray y =
                            Nd4j.create(batch.labels(), new long[] {batch.windows(), labels, batch.steps()}, 'c')) {
                deep.fit(x, y);
                return deep.score();
            } finally {
                deep.clear(); // the network must not hold arrays that were closed
            }
        }

        /** Where nothing is held out, the last epoch is taken for the best. */
        private void keepIfBetter(MultiLayerNetwork deep, int epoch, double trainLoss) {
            Weights weights = DeepNetwork.weights(deep, settings.network());
            var candidate = new Predictor(settings, smoothing, weights, Head.of(settings.forecast()), seen);
            Double loss = validation.isEmpty() ? null : validation.loss(candidate);
            losses.add(new EpochLoss(epoch, trainLoss, loss));
            if (loss == null || loss < bestLoss || best == null) {
                best = candidate;
                bestEpoch = epoch;
                bestLoss = loss == null ? bestLoss : loss;
            }
        }

        private Predictor withDeviations(Predictor trained) {
            if (settings.forecast().loss() != Loss.SQUARED) {
                return trained;
            }
            HeldOutErrors errors = validation.isEmpty()
                    ? HeldOutErrors.ofTraining(
                            series, splits, settings.forecast().horizon())
                    : validation;
            var head = new MeanHead(errors.deviations(trained));
            return new Predictor(settings, smoothing, trained.weights(), head, seen);
        }
    }
}
