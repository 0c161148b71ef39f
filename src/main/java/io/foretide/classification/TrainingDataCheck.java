package io.foretide.classification;

import io.foretide.kernel.BatchGradient;
import io.foretide.network.RecurrentCore;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;

/** Refuses, before any work, trainings that cannot give a classifier. */
final class TrainingDataCheck {
    /** With fewer there is nothing left to tell how good it is. */
    static final int LEAST_SEQUENCES = 10;

    /** What an artifact of 200 MB holds. */
    private static final long MOST_PARAMETERS = 50_000_000;

    private static final long MB = 1_000_000;

    private TrainingDataCheck() {}

    /** What does not depend on settings. Gives the labels. */
    static List<String> check(List<LabelledSequence> data) {
        if (data.size() < LEAST_SEQUENCES) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA,
                            "A training needs %d sequences at least, and there are %d: send more."
                                    .formatted(LEAST_SEQUENCES, data.size()))
                    .with("required", LEAST_SEQUENCES)
                    .with("actual", data.size());
        }
        Sequence first = data.getFirst().content();
        for (int i = 0; i < data.size(); i++) {
            String pointer = "/data/sequences/" + i;
            Sequence sequence = data.get(i).content();
            SequenceCheck.check(sequence, pointer);
            if (!sequence.getClass().equals(first.getClass())) {
                throw new ProblemException(
                                ProblemType.INVALID_SEQUENCE,
                                "Sequence %s is %s, and the first one is not: send values or text, not both."
                                        .formatted(data.get(i).id(), sequence instanceof Text ? "text" : "values"))
                        .at(pointer);
            }
            if (sequence instanceof Values values
                    && first instanceof Values others
                    && values.channels() != others.channels()) {
                throw new ProblemException(
                                ProblemType.INVALID_SEQUENCE,
                                "Sequence %s has %d channels, the first one has %d: send as many in all, null for what is missing."
                                        .formatted(data.get(i).id(), values.channels(), others.channels()))
                        .at(pointer + "/values");
            }
        }
        return Labels.of(data);
    }

    /** The labels that a version has which is trained on: no others fit its parameters. */
    static void checkLabels(List<LabelledSequence> data, List<String> known) {
        for (int i = 0; i < data.size(); i++) {
            if (!known.contains(data.get(i).label())) {
                throw new ProblemException(
                                ProblemType.CANNOT_CONTINUE,
                                "Sequence %s has the label '%s', which the version that start_from names does not know: it knows %s. Remove start_from."
                                        .formatted(data.get(i).id(), data.get(i).label(), Labels.shown(known)))
                        .at("/data/sequences/%d/label".formatted(i));
            }
        }
    }

    static void checkSize(
            List<LabelledSequence> data, ClassifierSettings settings, int labels, TrainingResources resources) {
        int inputs = settings.readsText() ? settings.embedding() : 2 * settings.channels();
        var core = new RecurrentCore(settings.network(), inputs, Pooling.outputs(labels));
        long words = settings.readsText() ? (long) settings.vocabulary() * settings.embedding() : 0;
        long parameters = settings.network().members() * (core.parameters() + words);
        if (parameters > MOST_PARAMETERS) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The networks would have %d parameters, the limit is %d: lower units, layers, members, embedding or vocabulary."
                                    .formatted(parameters, MOST_PARAMETERS))
                    .with("limit", MOST_PARAMETERS);
        }
        long bytes =
                BatchGradient.bytes(core.shape(), settings.training().batchSize(), longest(data), resources.threads())
                        + 12 * Float.BYTES * (core.parameters() + words)
                        + patternBytes(data, settings, labels);
        if (bytes > resources.memory()) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The training would take %d MB of memory, the limit is %d MB: send fewer or shorter sequences, or lower units, layers or batch_size."
                                    .formatted(Math.ceilDiv(bytes, MB), resources.memory() / MB))
                    .with("limit", resources.memory());
        }
    }

    /** Values have a number for each pattern and sequence; texts a list of those that they have, and weights. */
    private static long patternBytes(List<LabelledSequence> data, ClassifierSettings settings, int labels) {
        if (settings.patterns() == 0) {
            return 0;
        }
        return settings.readsText()
                ? WordPatternFit.bytes(data, labels)
                : (long) Float.BYTES * settings.patterns() * data.size();
    }

    /** Of a text, no word is shorter than a character and a space. */
    private static int longest(List<LabelledSequence> data) {
        return data.stream()
                .mapToInt(one -> switch (one.content()) {
                    case Values values -> values.steps();
                    case Text(String text) -> text.length() / 2 + 1;
                })
                .max()
                .orElse(1);
    }
}
