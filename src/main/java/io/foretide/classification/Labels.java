package io.foretide.classification;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The labels of a classifier: sorted, so that their order follows from which there are. */
final class Labels {
    /** How many there may be. */
    static final int MOST = 1000;

    static final int LONGEST = 256;

    private static final int SHOWN = 20;

    private Labels() {}

    /** Whether a text can be a label. Half of a surrogate pair is no text. */
    static boolean isLabel(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** Those of some data, each sequence of which must have one. */
    static List<String> of(List<LabelledSequence> data) {
        for (int i = 0; i < data.size(); i++) {
            String label = data.get(i).label();
            if (label == null || label.isEmpty() || label.length() > LONGEST) {
                throw new ProblemException(
                                ProblemType.INVALID_SEQUENCE,
                                "Sequence %s has %s; each sequence of a training has a label of 1 to %d characters."
                                        .formatted(
                                                data.get(i).id(),
                                                label == null || label.isEmpty() ? "no label" : "a longer one",
                                                LONGEST))
                        .at("/data/sequences/%d/label".formatted(i));
            }
        }
        List<String> labels = data.stream()
                .map(LabelledSequence::label)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        if (labels.size() < 2) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "All %d sequences have the label '%s'. Send sequences of two labels at least: with one there is nothing to tell apart."
                                    .formatted(data.size(), labels.isEmpty() ? "" : labels.getFirst()))
                    .with("required", 2)
                    .with("actual", labels.size());
        }
        if (labels.size() > MOST) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The sequences have %d labels, the limit is %d.".formatted(labels.size(), MOST))
                    .with("limit", MOST);
        }
        return labels;
    }

    static String shown(List<String> labels) {
        String shown =
                labels.stream().limit(SHOWN).map(label -> "'" + label + "'").collect(Collectors.joining(", "));
        return labels.size() > SHOWN ? shown + " …" : shown;
    }

    /** The first of the most probable. */
    static int mostProbable(double[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            best = probabilities[i] > probabilities[best] ? i : best;
        }
        return best;
    }
}
