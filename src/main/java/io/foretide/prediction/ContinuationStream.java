package io.foretide.prediction;

import java.util.function.Function;

/**
 * A continuation that is generated while it is sent.
 *
 * @param work generates, and gives what came of it
 */
record ContinuationStream(Function<ContinuationListener, ContinuationAnswer> work) implements PredictionAnswer {}
