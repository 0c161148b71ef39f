package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.network;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.train;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassifierArtifactTest {
    private record Note(String text) {}

    private static TrainedClassifier ofValues() {
        return train(waves(40, 2, 1), ClassifyOptions.NONE, network(null, 1, 2), epochs(1));
    }

    private static TrainedClassifier ofText() {
        List<LabelledSequence> data = sentences(40, 1).stream()
                .map(one ->
                        new LabelledSequence(one.id(), "good".equals(one.label()) ? "NaN" : "Infinity", one.content()))
                .toList();
        return train(data, ClassifyOptions.NONE, network(null, 1, 2), epochs(1));
    }

    @Test
    void readsBackWhatItWrote() {
        Classifier values = ClassifierArtifact.read(ofValues().artifact());
        Classifier text = ClassifierArtifact.read(ofText().artifact());

        for (int i = 0; i < 10; i++) {
            Sequence wave = waves(10, 2, 2).get(i).content(),
                    sentence = sentences(10, 2).get(i).content();
            assertThat(values.classify(wave).probabilities())
                    .containsExactly(ofValues().classifier().classify(wave).probabilities());
            assertThat(text.classify(sentence).probabilities())
                    .containsExactly(ofText().classifier().classify(sentence).probabilities());
        }
        assertThat(text.labels()).containsExactly("Infinity", "NaN");
        assertThat(ClassifierArtifact.write(values)).isEqualTo(ofValues().artifact());
        assertThat(ClassifierArtifact.write(text)).isEqualTo(ofText().artifact());
    }

    @Test
    void carriesARecord() {
        byte[] artifact = ClassifierArtifact.withRecord(ofValues().artifact(), new Note("hello"));

        assertThat(ClassifierArtifact.record(artifact, Note.class)).isEqualTo(new Note("hello"));
        assertThat(ClassifierArtifact.read(artifact).labels()).containsExactly("fast", "slow");
    }

    @Test
    void refusesBytesOfWhichAnyIsAnother() {
        for (byte[] artifact : List.of(ofValues().artifact(), ofText().artifact())) {
            var random = new Random(1);
            for (int round = 0; round < 200; round++) {
                byte[] changed = artifact.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));

                var problem = catchThrowableOfType(ProblemException.class, () -> ClassifierArtifact.read(changed));

                assertThat(problem).isNotNull();
                assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT);
            }
        }
    }
}
