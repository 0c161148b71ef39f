package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trains one global network over many series. What a training does follows from data, settings and seed, counted in
 * steps: the same three give the same artifact, byte for byte, also where it goes on from a checkpoint, and whatever
 * {@link TrainingResources} it has.
 */
public final class NetworkTrainer {
    /** The largest magnitude of a value that a network is trained on. */
    public static final double MOST_MAGNITUDE = 1e15;

    private final TrainingResources resources;
    private final @Nullable Predictor parent;

    public NetworkTrainer(TrainingResources resources) {
        this(resources, null);
    }

    private NetworkTrainer(TrainingResources resources, @Nullable Predictor parent) {
        this.resources = resources;
        this.parent = parent;
    }

    /**
     * Trains on from the parameters of another network, which decides all that shapes them and the forecast. What it gives
     * follows from that network as well, and has seen all that it has seen.
     */
    public NetworkTrainer startingFrom(Predictor parent) {
        return new NetworkTrainer(resources, parent);
    }

    /**
     * Refuses what no training could make sense of: options that this release has no network for, and series with nothing
     * to learn from.
     */
    public void check(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        check(series, plan(series, forecast, network, training));
    }

    private Plan.Planned plan(
            List<TimeSeries> series, ForecastOptions forecast, NetworkOptions network, TrainingOptions training) {
        return parent == null
                ? Plan.complete(series, forecast, network, training)
                : Plan.continuing(parent, series, forecast, network, training);
    }

    private void check(List<TimeSeries> series, Plan.Planned planned) {
        Settings settings = planned.settings();
        TrainingCheck.check(series, settings, resources);
        if (parent != null) {
            List<Split> splits = Split.of(series, settings.forecast(), settings.training());
            Continuation.requireRoom(Continuation.seen(planned, Seen.of(series, splits)));
        }
    }

    /** How many observations at least one series must have to train for a horizon. */
    public static int leastObservations(int horizon) {
        return horizon + 2;
    }

    /** The memory outside the heap that trainings in progress take, in bytes. */
    public static long nativeMemory() {
        return NativeLibraries.allocatedBytes();
    }

    /** Options whose absent fields are chosen for the series; the horizon is present, but where it is inherited. */
    public TrainedNetwork train(
            List<TimeSeries> series,
            ForecastOptions forecast,
            NetworkOptions network,
            TrainingOptions training,
            TrainingMonitor monitor) {
        Plan.Planned planned = plan(series, forecast, network, training);
        check(series, planned);
        return new TrainingRun(series, planned, monitor, resources).train();
    }
}
