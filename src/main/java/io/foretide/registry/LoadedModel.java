package io.foretide.registry;

import io.foretide.network.Predictor;

/** A version and the predictor read from its artifact. */
public record LoadedModel(ModelVersion version, Predictor predictor) {}
