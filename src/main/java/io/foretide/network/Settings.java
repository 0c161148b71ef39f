package io.foretide.network;

import static java.util.Objects.requireNonNull;

/** Everything that, with the data, decides what a training gives. */
public record Settings(ForecastSettings forecast, NetworkSettings network, TrainingSettings training) {
    public Settings {
        requireNonNull(forecast, "forecast");
        requireNonNull(network, "network");
        requireNonNull(training, "training");
    }
}
