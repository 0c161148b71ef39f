package io.foretide.network;

/** Everything that, with the data, decides what a training gives. */
public record Settings(ForecastSettings forecast, NetworkSettings network, TrainingSettings training) {}
