package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.List;

/**
 * Trains one global network over many series. What a training does follows from data, settings and seed, counted in
 * steps: the same three give the same artifact, byte for byte, also where it goes on from a checkpoint, and whatever
 * {@link TrainingResources} it has.
 */
public final class NetworkTrainer {
    /** The largest magnitude of a value that a network is trained on. */
    public static final double MOST_MAGNITUDE = 1e15;

    private final TrainingResources resources;

    public NetworkTrainer(TrainingResources resources) {
        this.resources = resources;
    }

    /**
     * Refuses what no training could make sense of: options that this release has no network for, and series with nothing
     * to learn from.
     */
    public void check(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        TrainingCheck.check(
                series, Plan.complete(series, forecast, network, training).settings(), resources);
    }

    /** How many observations at least one series must have to train for a horizon. */
    public static int leastObservations(int horizon) {
        return horizon + 2;
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
        TrainingCheck.check(series, planned.settings(), resources);
        return new TrainingRun(series, planned, monitor, resources).train();
    }
}
