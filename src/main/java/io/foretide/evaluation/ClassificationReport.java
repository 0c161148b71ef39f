package io.foretide.evaluation;

import java.util.List;
import java.util.Map;

/**
 * The measures of a model that classifies, beside those of the simplest one that it has to beat.
 *
 * @param sequences those that were classified
 * @param majority the measures of saying at every sequence what the training data say: the most frequent label, each with
 *     its share as the probability
 * @param confusion how often each label was predicted, in the order of these rows, where the label of a row was true
 */
public record ClassificationReport(
        int sequences,
        ClassificationScores model,
        ClassificationScores majority,
        Map<String, List<Integer>> confusion) {}
