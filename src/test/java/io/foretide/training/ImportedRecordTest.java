package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.foretide.network.Artifact;
import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TestNetworks;
import io.foretide.network.TrainedMember;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Model;
import io.foretide.registry.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What an artifact from elsewhere says of its training. */
class ImportedRecordTest {
    private static final String SHA_256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private final Provenance provenance = new Provenance(json);
    private final ForecastRecord record = new ForecastRecord(
            Task.FORECAST,
            "MS",
            List.of("target"),
            List.of("network.units"),
            "air:3",
            new ForecastRecord.Data(SHA_256, 2, 100, "2020-01", "2024-04"),
            new ForecastRecord.Measured(0, null, null, null, null, null, null, null, "no series is long enough"),
            List.of(new TrainedMember(1, 1), new TrainedMember(2, 2)),
            StopReason.PATIENCE,
            List.of(new EpochLoss(1, 0.5, 0.75), new EpochLoss(2, 0.25, null)),
            "1.2.3");

    @Test
    void isTheRecordOfTheVersionBesideTheSettingsOfTheNetwork() {
        JsonNode provenance = describe(record);

        assertThat(provenance.at("/frequency").asString()).isEqualTo("MS");
        assertThat(provenance.at("/horizon").asInt()).isEqualTo(6);
        assertThat(provenance.at("/seed").asInt()).isEqualTo(7);
        assertThat(provenance.at("/settings/network/units").asInt()).isEqualTo(9);
        assertThat(provenance.at("/data/sha256").asString()).isEqualTo(SHA_256);
        assertThat(provenance.at("/losses/1/train_loss").asDouble()).isEqualTo(0.25);
        assertThat(provenance.at("/members/1/best_epoch").asInt()).isEqualTo(2);
        assertThat(provenance.at("/stopped_by").asString()).isEqualTo("patience");
        assertThat(provenance.at("/parent").asString()).isEqualTo("air:3");
        assertThat(provenance.at("/code_version").asString()).isEqualTo("1.2.3");
        assertThat(provenance.at("/promotion").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"task\":\"forecast\" | \"task\":\"classify\"        | the task must be forecast",
                "\"task\":\"forecast\" | \"task\":null                | the task must be forecast",
                "\"task\":\"forecast\" | \"job\":1,\"task\":\"forecast\" | unknown field /job",
                "\"frequency\":\"MS\"  | \"frequency\":\"soon\"       | soon",
                "\"frequency\":\"MS\", | ``                           | is not what this release writes",
                "\"parent\":\"air:3\" | \"parent\":\"air@latest\"     | the parent must be a fixed version",
                "\"parent\":\"air:3\" | \"parent\":\"../etc\"        | is no model name",
                "\"naive\":null,     | ``                           | is not what this release writes",
                "\"theta\":null      | \"theta\":null,\"oracle\":null | unknown field /measures/oracle",
                "\"theta\":null,     | ``                           | is not what this release writes",
                "\"best_epoch\":2      | \"best_epoch\":0             | the best epoch must lie in [1, 2], was 0",
                "\"best_epoch\":2      | \"best_epoch\":3             | the best epoch must lie in [1, 2], was 3",
                "\"last_epoch\":1},    | \"last_epoch\":1},null,      | is not what this release writes",
                "[{\"best_epoch\":1,\"last_epoch\":1},{\"best_epoch\":2,\"last_epoch\":2}] | [] | there must be 1 to 8 members",
                "\"series\":2          | \"series\":-2                | counts that are not negative",
                "\"sha256\":\"9f       | \"sha256\":\"../9f           | SHA-256 in hexadecimal digits",
                "\"train_loss\":0.5    | \"train_loss\":1e999         | /losses/0/train_loss is no finite number",
                "\"train_loss\":0.5    | \"train_loss\":\"NaN\"       | /losses/0/train_loss is no finite number",
                "\"losses\":[          | \"losses\":[null,            | is not what this release writes",
            })
    void refusesRecordsThatDoNotFit(String written, String hostile, String reason) {
        String valid = json.writeValueAsString(record);
        assertThat(valid).contains(written);

        assertUnreadable(new RawJson(valid.replace(written, hostile)), reason);
    }

    @Test
    void refusesOtherThings() {
        assertUnreadable(List.of(), "record.json is not what this release writes");
        assertUnreadable(new RawJson("null"), "record.json is null");
        assertUnreadable(new RawJson("[".repeat(1000)), "nested too deeply");
        assertThatThrownBy(() ->
                        provenance.describe(new Model.Forecasting(TestNetworks.predictor()), TestNetworks.artifact(1)))
                .as("an artifact without a record")
                .isInstanceOf(ProblemException.class);
    }

    /** Text that is written as it is. */
    private record RawJson(@JsonRawValue @JsonValue String text) {}

    private void assertUnreadable(Object record, String reason) {
        assertThatThrownBy(() -> describe(record))
                .hasMessageContaining(reason)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT));
    }

    private JsonNode describe(Object record) {
        return provenance.describe(
                new Model.Forecasting(TestNetworks.predictor()), Artifact.withRecord(TestNetworks.artifact(1), record));
    }
}
