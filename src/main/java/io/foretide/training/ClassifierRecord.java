package io.foretide.training;

import static java.util.Objects.requireNonNull;

import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.evaluation.ClassificationReport;
import io.foretide.evaluation.ClassificationScores;
import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.registry.Task;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the training of a model that classifies went. */
record ClassifierRecord(
        Task task,
        List<String> chosen,
        @Nullable String parent,
        Data data,
        Measured measures,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        String codeVersion)
        implements TrainingRecord {

    ClassifierRecord {
        requireNonNull(data, "data");
        requireNonNull(measures, "measures");
        requireNonNull(stoppedBy, "stoppedBy");
        requireNonNull(codeVersion, "codeVersion");
        chosen = List.copyOf(chosen);
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        TrainingRecord.require(Task.CLASSIFY, task, parent, members, losses);
    }

    /**
     * What it was trained on.
     *
     * @param steps of values, over all sequences
     * @param characters of text, over all sequences
     * @param differentLabels how many labels there are
     * @param labels how many sequences have each; of many labels, those that most have
     */
    record Data(
            String sha256,
            int sequences,
            long steps,
            long characters,
            int differentLabels,
            Map<String, Integer> labels) {
        /** A record has no room for all of a thousand long ones. */
        private static final int MOST_LABELS = 100;

        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        Data {
            labels = Collections.unmodifiableMap(new TreeMap<>(labels));
            boolean fits = sequences >= 0 && steps >= 0 && characters >= 0 && differentLabels >= labels.size();
            if (!SHA_256.matcher(sha256).matches() || !fits) {
                throw new IllegalArgumentException(
                        "data must have a SHA-256 in hexadecimal digits, and counts that fit together");
            }
        }

        static Data of(List<LabelledSequence> sequences, String sha256) {
            Map<String, Integer> labels = new TreeMap<>();
            long steps = 0, characters = 0;
            for (LabelledSequence one : sequences) {
                labels.merge(requireNonNull(one.label()), 1, Integer::sum);
                switch (one.content()) {
                    case Values values -> steps += values.steps();
                    case Text(String text) -> characters += text.length();
                }
            }
            return new Data(sha256, sequences.size(), steps, characters, labels.size(), mostFrequent(labels));
        }

        private static Map<String, Integer> mostFrequent(Map<String, Integer> labels) {
            return labels.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_LABELS)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }
    }

    /**
     * How good it is on the sequences that were held out.
     *
     * @param majority the same of the shares of the labels in what was trained on
     * @param confusion which labels are taken for which; absent where there are too many for a record
     * @param reason why nothing could be measured
     */
    record Measured(
            int sequences,
            @Nullable ClassificationScores model,
            @Nullable ClassificationScores majority,
            @Nullable Map<String, List<Integer>> confusion,
            @Nullable String reason) {
        private static final int MOST_LABELS = 50;

        static Measured of(ClassificationReport report) {
            return new Measured(
                    report.sequences(),
                    report.model(),
                    report.majority(),
                    report.confusion().size() > MOST_LABELS ? null : report.confusion(),
                    null);
        }

        static Measured none(String reason) {
            return new Measured(0, null, null, null, reason);
        }
    }
}
