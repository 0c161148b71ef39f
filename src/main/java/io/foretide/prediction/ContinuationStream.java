package io.foretide.prediction;

import io.foretide.generation.TokenSink;
import java.util.function.Function;

/**
 * A continuation that is generated while it is sent.
 *
 * @param work generates, and gives what came of it
 */
record ContinuationStream(Function<TokenSink, ContinuationAnswer> work) implements PredictionAnswer {}
