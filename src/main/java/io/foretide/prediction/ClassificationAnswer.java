package io.foretide.prediction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.foretide.classification.Classification;
import io.foretide.registry.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels of sequences as clients receive them, in JSON or, by {@link ClassificationCsvConverter}, in CSV.
 *
 * @param labels in the order of probabilities
 */
record ClassificationAnswer(
        String model, int version, Task task, @JsonIgnore List<String> labels, List<ItemClassification> classifications)
        implements PredictionAnswer {

    /** What one sequence is taken for; its numbers are written to JSON from where they are. */
    @JsonPropertyOrder({"id", "label", "probabilities"})
    record ItemClassification(
            String id,
            @JsonIgnore List<String> labels,
            @JsonIgnore Classification of) {
        @JsonProperty
        String label() {
            return of.label();
        }

        @JsonProperty
        Map<String, Double> probabilities() {
            Map<String, Double> probabilities = LinkedHashMap.newLinkedHashMap(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                probabilities.put(labels.get(i), of.probabilities()[i]);
            }
            return probabilities;
        }
    }
}
