package io.foretide.training;

import io.foretide.evaluation.Comparison;
import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelVersion;
import java.util.Locale;
import java.util.Optional;
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
        @Nullable Comparison comparison) {

    /** Decides by the policy, and where that says so by the yardstick of the task. */
    static PromotionDecision of(Candidate candidate, PromotionPolicy policy, Optional<ModelVersion> champion) {
        Integer version = champion.map(ModelVersion::version).orElse(null);
        return switch (policy) {
            case NEVER -> new PromotionDecision(false, "promote is never", version, null);
            case ALWAYS -> new PromotionDecision(true, "promote is always", version, null);
            case IF_BETTER ->
                champion.map(present -> compare(candidate, present))
                        .orElseGet(() -> new PromotionDecision(true, "there was no champion", null, null));
        };
    }

    private static PromotionDecision compare(Candidate candidate, ModelVersion champion) {
        try {
            Comparison comparison = candidate.compareWith(champion);
            return new PromotionDecision(
                    comparison.challengerIsBetter(),
                    explain(candidate.yardstick(), comparison, champion.version()),
                    champion.version(),
                    comparison);
        } catch (ProblemException e) {
            // What was trained is worth keeping, whatever has become of the champion.
            return new PromotionDecision(
                    false, "the champion cannot be compared with: " + e.detail(), champion.version(), null);
        }
    }

    private static String explain(Yardstick yardstick, Comparison comparison, int champion) {
        if (comparison.items() == 0) {
            return "there is no %s that neither this version nor the champion, version %d, has seen"
                    .formatted(yardstick.item(), champion);
        }
        return String.format(
                Locale.ROOT,
                "its %s of %.6g is %s than the %.6g of the champion, version %d, on %d %ss that neither has seen",
                yardstick.title(),
                comparison.challenger(),
                comparison.challengerIsBetter() ? "lower" : "not lower",
                comparison.champion(),
                champion,
                comparison.items(),
                yardstick.item());
    }
}
