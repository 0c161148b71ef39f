package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class LanguageModelArtifactTest {
    private final LanguageModel model = TestModels.ofCharacters();
    private final byte[] artifact = LanguageModelArtifact.write(model);

    @Test
    void aModelThatIsReadWritesTheSameText() {
        LanguageModel read = LanguageModelArtifact.read(artifact);

        assertThat(LanguageModelArtifact.write(read)).isEqualTo(artifact);
        assertThat(read.settings()).isEqualTo(model.settings());
        assertThat(read.generate(read.initialState(), SamplingOptions.drawn(200, 1), TokenSink.NONE))
                .isEqualTo(model.generate(model.initialState(), SamplingOptions.drawn(200, 1), TokenSink.NONE));
    }

    @Test
    void carriesARecord() {
        record Story(String by) {}

        byte[] recorded = LanguageModelArtifact.withRecord(artifact, Map.of("by", "a test"));

        assertThat(LanguageModelArtifact.record(recorded, Story.class)).isEqualTo(new Story("a test"));
        assertThat(LanguageModelArtifact.read(recorded).settings()).isEqualTo(model.settings());
    }

    @Test
    void whateverIsWrongIsAProblem() {
        var random = new Random(2);
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = artifact.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            assertUnreadable(damaged);
        }
        for (int length = 0; length < artifact.length; length += 97) {
            assertUnreadable(Arrays.copyOf(artifact, length));
        }
    }

    private static void assertUnreadable(byte[] bytes) {
        assertThatThrownBy(() -> LanguageModelArtifact.read(bytes))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(ProblemType.UNREADABLE_ARTIFACT);
    }
}
