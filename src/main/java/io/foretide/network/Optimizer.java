package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How gradients move parameters. */
public enum Optimizer {
    @JsonProperty("sgd")
    SGD,
    @JsonProperty("momentum")
    MOMENTUM,
    @JsonProperty("rmsprop")
    RMSPROP,
    @JsonProperty("adam")
    ADAM,
    @JsonProperty("adamw")
    ADAMW
}
