package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The squashing function of a SimpleRNN; an LSTM always uses tanh and sigmoid. */
public enum Activation {
    @JsonProperty("tanh")
    TANH,
    @JsonProperty("relu")
    RELU,
    @JsonProperty("sigmoid")
    SIGMOID
}
