package io.foretide.streaming;

import io.foretide.classification.Classification;
import java.util.List;

/**
 * What was said of a sequence so far.
 *
 * @param labels in the order of probabilities
 */
record Labelled(List<String> labels, Classification classification) {}
