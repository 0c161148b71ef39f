package io.foretide.network;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Everything that, with the data, decides what a training gives.
 *
 * @param features what the network reads beside the target; written on its own, as what was chosen and not asked for
 */
public record Settings(
        ForecastSettings forecast,
        NetworkSettings network,
        TrainingSettings training,
        @JsonIgnore Features features) {
    public Settings {
        requireNonNull(forecast, "forecast");
        requireNonNull(network, "network");
        requireNonNull(training, "training");
        requireNonNull(features, "features");
    }

    /** Of a network that reads the target alone. */
    @JsonCreator
    public Settings(
            @JsonProperty("forecast") ForecastSettings forecast,
            @JsonProperty("network") NetworkSettings network,
            @JsonProperty("training") TrainingSettings training) {
        this(forecast, network, training, Features.NONE);
    }

    Settings reading(Features others) {
        return new Settings(forecast, network, training, others);
    }

    /**
     * The settings with which a training of one member alone gives the same network.
     *
     * @param member counted from 0; the first has the seed of the whole
     */
    Settings ofMember(int member) {
        return new Settings(
                forecast, network.withMembers(1), training.withSeed(Seeds.ofMember(training.seed(), member)), features);
    }

    Settings withMembers(int members) {
        return new Settings(forecast, network.withMembers(members), training, features);
    }
}
