package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.foretide.classification.ClassifierArtifact;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.ClassifyOptions;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.TrainedClassifier;
import io.foretide.classification.Values;
import io.foretide.generation.GenerateOptions;
import io.foretide.generation.LanguageModelArtifact;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.network.EpochLoss;
import io.foretide.network.NetworkOptions;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Model;
import io.foretide.registry.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What artifacts of models that classify or write say of their training, wherever they come from. */
class ImportedRecordOfOtherTasksTest {
    private static final String SHA_256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final TrainingResources RESOURCES = new TrainingResources(1, 1L << 30);
    private static final TrainingOptions QUICK =
            new TrainingOptions(1, null, null, null, null, null, null, null, null, 7L, null);

    private static TrainedClassifier classifier;
    private static TrainedLanguageModel writer;

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private final Provenance provenance = new Provenance(json);
    private final ClassifierRecord ofClassifier = new ClassifierRecord(
            Task.CLASSIFY,
            List.of("network.units"),
            "sky:3",
            new ClassifierRecord.Data(SHA_256, 20, 100, 0, 2, Map.of("rain", 10, "sun", 10)),
            ClassifierRecord.Measured.none("there are too few"),
            List.of(new TrainedMember(1, 1)),
            StopReason.PATIENCE,
            List.of(new EpochLoss(1, 0.5, 0.75)),
            "1.2.3");
    private final LanguageRecord ofWriter = new LanguageRecord(
            Task.GENERATE,
            List.of("generate.tokens"),
            null,
            new LanguageRecord.Data(SHA_256, 1000),
            new LanguageRecord.Measured(50, 1, 2.5, 3.6, 12.2, 3.6, null),
            List.of(new TrainedMember(1, 1)),
            StopReason.EPOCHS,
            List.of(new EpochLoss(1, 0.5, null)),
            "1.2.3");

    @BeforeAll
    static void train() {
        List<LabelledSequence> data = IntStream.range(0, 20)
                .mapToObj(i -> new LabelledSequence("s" + i, i % 2 == 0 ? "sun" : "rain", Values.of(i % 2, i, 3)))
                .toList();
        classifier = new ClassifierTrainer(RESOURCES)
                .train(
                        data,
                        ClassifyOptions.NONE,
                        new NetworkOptions(null, 4, 1, null, null, null, 1),
                        QUICK,
                        TrainingMonitor.SILENT);
        writer = new LanguageModelTrainer(RESOURCES)
                .train(
                        "once upon a time ".repeat(10),
                        GenerateOptions.NONE,
                        new NetworkOptions(null, 4, 1, null, null, 4, null),
                        QUICK,
                        TrainingMonitor.SILENT);
    }

    private JsonNode describeClassifier(Object record) {
        return provenance.describe(
                new Model.Classifying(classifier.classifier()),
                ClassifierArtifact.withRecord(classifier.artifact(), record));
    }

    private JsonNode describeWriter(Object record) {
        return provenance.describe(
                new Model.Generating(writer.model()), LanguageModelArtifact.withRecord(writer.artifact(), record));
    }

    /** JSON as it stands. */
    private record Raw(@JsonRawValue @JsonValue String text) {}

    @Test
    void isTheRecordOfTheVersionBesideHowTheModelWorks() {
        JsonNode sky = describeClassifier(ofClassifier), tales = describeWriter(ofWriter);

        assertThat(sky.at("/labels/1").asString()).isEqualTo("sun");
        assertThat(sky.path("streams_in_constant_time").isBoolean()).isTrue();
        assertThat(sky.at("/settings/network/units").asInt()).isEqualTo(4);
        assertThat(sky.path("seed").asInt()).isEqualTo(7);
        assertThat(sky.at("/data/labels/rain").asInt()).isEqualTo(10);
        assertThat(sky.at("/measures/reason").asString()).isEqualTo("there are too few");
        assertThat(sky.path("parent").asString()).isEqualTo("sky:3");
        assertThat(tales.at("/settings/generate/tokens").asString()).isEqualTo("char");
        assertThat(tales.at("/measures/nats").asDouble()).isEqualTo(2.5);
        assertThat(tales.at("/losses/0/train_loss").asDouble()).isEqualTo(0.5);
        assertThat(tales.path("promotion").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"task\":\"classify\"       | \"task\":\"forecast\"        | the task must be classify",
                "\"task\":\"classify\"       | \"job\":1,\"task\":\"classify\" | unknown field /job",
                "\"parent\":\"sky:3\"        | \"parent\":\"sky@latest\"    | the parent must be a fixed version",
                "\"sequences\":20            | \"sequences\":-1             | counts that fit together",
                "\"steps\":100               | \"steps\":-1                 | counts that fit together",
                "\"different_labels\":2      | \"different_labels\":1       | counts that fit together",
                "\"sha256\":\"9f             | \"sha256\":\"../9f           | SHA-256 in hexadecimal digits",
                "\"confusion\":null,         | ``                           | is not what this release writes",
            })
    void refusesWhatNoTrainingOfAClassifierWrites(String part, String changed, String reason) {
        String text = json.writeValueAsString(ofClassifier);
        assertThat(text).contains(part);

        assertThatThrownBy(() -> describeClassifier(new Raw(text.replace(part, changed))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT))
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"task\":\"generate\"       | \"task\":null                | the task must be generate",
                "\"characters\":1000         | \"characters\":-1            | a count that is not negative",
                "\"nats\":2.5                | \"nats\":\"NaN\"             | /measures/nats is no finite number",
                "\"perplexity\":12.2         | \"perplexity\":1e999         | /measures/perplexity is no finite number",
                "\"best_epoch\":1            | \"best_epoch\":2             | the best epoch must lie in [1, 1], was 2",
            })
    void refusesWhatNoTrainingOfALanguageModelWrites(String part, String changed, String reason) {
        String text = json.writeValueAsString(ofWriter);
        assertThat(text).contains(part);

        assertThatThrownBy(() -> describeWriter(new Raw(text.replace(part, changed))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT))
                .hasMessageContaining(reason);
    }
}
