package io.foretide.training;

import io.foretide.evaluation.Comparison;
import org.jspecify.annotations.Nullable;

/**
 * Whether a new version becomes the champion of its model.
 *
 * @param reason why, as a sentence
 * @param champion the champion at the time of the decision
 * @param comparison what the decision rests on, where the two were compared
 */
record PromotionDecision(
        boolean promoted,
        String reason,
        @Nullable Integer champion,
        @Nullable Comparison comparison) {}
