package io.foretide.network;

import static java.util.Objects.requireNonNull;

/** Everything that, with the data, decides what a training gives. */
public record Settings(ForecastSettings forecast, NetworkSettings network, TrainingSettings training) {
    public Settings {
        requireNonNull(forecast, "forecast");
        requireNonNull(network, "network");
        requireNonNull(training, "training");
    }

    /**
     * The settings with which a training of one member alone gives the same network.
     *
     * @param member counted from 0; the first has the seed of the whole
     */
    Settings ofMember(int member) {
        return new Settings(
                forecast, network.withMembers(1), training.withSeed(Seeds.ofMember(training.seed(), member)));
    }

    Settings withMembers(int members) {
        return new Settings(forecast, network.withMembers(members), training);
    }
}
