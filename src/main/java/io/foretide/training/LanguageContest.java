package io.foretide.training;

import io.foretide.evaluation.Comparison;
import io.foretide.generation.LanguageMeasures;
import io.foretide.generation.LanguageModel;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import java.util.List;

/**
 * Compares a new version with a champion on those parts of a text that neither of them has seen.
 *
 * @param heldOut what the new version has not seen; may be nothing
 */
record LanguageContest(ModelRegistry registry, List<String> heldOut, RunMonitor monitor) {
    private static final Comparison NOTHING = new Comparison(0, Double.NaN, Double.NaN);

    Comparison compare(LanguageModel challenger, ModelVersion version) {
        LanguageModel champion = registry.load(version.reference()).languageModel();
        var ofChallenger = challenger.settings().generate().tokens();
        var ofChampion = champion.settings().generate().tokens();
        if (ofChallenger != ofChampion) {
            throw new ProblemException(
                    ProblemType.NOT_SUPPORTED, "its tokens are of another kind, and nats are per token");
        }
        String unseen = String.join("", champion.unseen(heldOut));
        if (unseen.isEmpty() || !monitor.hasTimeToExamine()) {
            return NOTHING;
        }
        LanguageMeasures one = challenger.measure(unseen, () -> !monitor.hasTimeToExamine());
        LanguageMeasures other = champion.measure(unseen, () -> !monitor.hasTimeToExamine());
        boolean sayTheSame = one.tokens() == other.tokens(); // else the time was up within one of them
        return sayTheSame ? new Comparison(Math.toIntExact(one.tokens()), one.nats(), other.nats()) : NOTHING;
    }
}
