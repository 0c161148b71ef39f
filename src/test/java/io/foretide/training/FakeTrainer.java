package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.SeasonalNaiveForecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.network.Activation;
import io.foretide.network.Anchoring;
import io.foretide.network.CellType;
import io.foretide.network.EpochLoss;
import io.foretide.network.ForecastSettings;
import io.foretide.network.Loss;
import io.foretide.network.NetworkSettings;
import io.foretide.network.Optimizer;
import io.foretide.network.Predictor;
import io.foretide.network.Scaling;
import io.foretide.network.Settings;
import io.foretide.network.Smoothing;
import io.foretide.network.StopReason;
import io.foretide.network.TestNetworks;
import io.foretide.network.TrainedMember;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingSettings;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Trains nothing, in as many epochs as were asked for; may be held after any of them. */
final class FakeTrainer implements Trainer {
    private static final int DEFAULT_EPOCHS = 3;

    /** What each run does before it is done. */
    interface Behaviour {
        void run(TrainingMonitor monitor) throws InterruptedException;
    }

    private final AtomicInteger runs = new AtomicInteger();
    private volatile Behaviour behaviour = _ -> {};
    private volatile Forecaster forecaster = SeasonalNaiveForecaster.NAIVE;

    void reset() {
        runs.set(0);
        behaviour = _ -> {};
        forecaster = SeasonalNaiveForecaster.NAIVE;
    }

    void behave(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    void give(Forecaster forecaster) {
        this.forecaster = forecaster;
    }

    /** Runs go on until they are cancelled or released. */
    CountDownLatch hold() {
        var released = new CountDownLatch(1);
        behaviour = monitor -> waitFor(released, monitor);
        return released;
    }

    static void waitFor(CountDownLatch released, TrainingMonitor monitor) throws InterruptedException {
        while (!released.await(5, TimeUnit.MILLISECONDS)) {
            if (monitor.cancelled()) {
                throw new CancellationException("cancelled");
            }
        }
    }

    int runs() {
        return runs.get();
    }

    @Override
    public void check(List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent) {}

    @Override
    public TrainedModel train(
            List<TimeSeries> series, JobSettings settings, @Nullable Predictor parent, TrainingMonitor monitor) {
        runs.incrementAndGet();
        int epochs = Objects.requireNonNullElse(settings.training().epochs(), DEFAULT_EPOCHS);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            monitor.epochFinished(loss(epoch), epochs);
        }
        try {
            behaviour.run(monitor);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        List<EpochLoss> losses = java.util.stream.IntStream.rangeClosed(1, epochs)
                .mapToObj(FakeTrainer::loss)
                .toList();
        return new TrainedModel(
                forecaster,
                WindowFilter.ALL,
                TestNetworks.artifact(settings.description().hashCode()),
                new TrainedModel.Method(
                        settings(horizon(settings, parent), epochs),
                        new Smoothing(
                                Anchoring.AUTO, Scaling.AUTO, List.of(), List.of(0.5), List.of(0.2), 0, 0.1, 1, false),
                        1),
                new TrainingHistory(
                        List.of("network.units"),
                        losses,
                        List.of(new TrainedMember(epochs, epochs)),
                        StopReason.EPOCHS));
    }

    private static int horizon(JobSettings settings, @Nullable Predictor parent) {
        Integer asked = settings.forecast().horizon();
        return asked == null
                ? Objects.requireNonNull(parent).settings().forecast().horizon()
                : asked;
    }

    private static EpochLoss loss(int epoch) {
        return new EpochLoss(epoch, 1.0 / epoch, 1.5 / epoch);
    }

    static Settings settings(int horizon, int epochs) {
        return new Settings(
                new ForecastSettings(
                        horizon, 4, List.of(QuantileLevel.MEDIAN), 1, Loss.QUANTILE, Scaling.AUTO, Anchoring.AUTO),
                new NetworkSettings(CellType.LSTM, 8, 1, Activation.TANH, 0, 1),
                new TrainingSettings(epochs, 32, 0.001, Optimizer.ADAM, 1.0, null, 0, 5, 0.4, 42, null));
    }
}
