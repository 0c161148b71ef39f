package io.foretide.classification;

import static io.foretide.classification.Samples.epochs;
import static io.foretide.classification.Samples.network;
import static io.foretide.classification.Samples.sentences;
import static io.foretide.classification.Samples.waves;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.StopWords;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassifierProblemsTest {
    private static Classifier ofValues;
    private static Classifier ofText;

    @BeforeAll
    static void train() {
        ofValues = Samples.train(waves(40, 2, 1), ClassifyOptions.NONE, network(null, 1, 1), epochs(1))
                .classifier();
        ofText = Samples.train(sentences(40, 1), ClassifyOptions.NONE, network(null, 1, 1), epochs(1))
                .classifier();
    }

    private static void assertProblem(ThrowingCallable call, ProblemType type, String pointer) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, call);

        assertThat(problem).isNotNull();
        assertThat(problem.type()).isEqualTo(type);
        if (!pointer.isEmpty()) {
            assertThat(problem.places())
                    .extracting(ProblemException.Place::pointer)
                    .containsExactly(pointer);
        }
    }

    private static ThrowingCallable checking(List<LabelledSequence> data) {
        return () -> new ClassifierTrainer(new TrainingResources(1, 1L << 30))
                .check(data, ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE);
    }

    private static List<LabelledSequence> with(LabelledSequence last) {
        List<LabelledSequence> data = new ArrayList<>(waves(20, 2, 1));
        data.add(last);
        return data;
    }

    @Test
    void refusesTrainingDataThatNothingCanBeLearnedFrom() {
        List<LabelledSequence> oneLabel = waves(40, 1, 1).stream()
                .filter(one -> "fast".equals(one.label()))
                .toList();

        assertProblem(checking(oneLabel), ProblemType.NOT_ENOUGH_DATA, "");
        assertProblem(checking(waves(9, 1, 1)), ProblemType.NOT_ENOUGH_DATA, "");
        assertProblem(checking(List.of()), ProblemType.NOT_ENOUGH_DATA, "");
    }

    @Test
    void saysWhichSequenceIsWrong() {
        double[][] two = {{1, 2}}, three = {{1, 2, 3}}, infinite = {{1, 2}, {Double.NEGATIVE_INFINITY, 2}};

        assertProblem(
                checking(with(new LabelledSequence("x", null, Values.of(two)))),
                ProblemType.INVALID_SEQUENCE,
                "/data/sequences/20/label");
        assertProblem(
                checking(with(new LabelledSequence("x", "fast", Values.of(three)))),
                ProblemType.INVALID_SEQUENCE,
                "/data/sequences/20/values");
        assertProblem(
                checking(with(new LabelledSequence("x", "fast", Values.of(infinite)))),
                ProblemType.INVALID_SEQUENCE,
                "/data/sequences/20/values/1/0");
        assertProblem(
                checking(with(new LabelledSequence("x", "fast", new Text("hello")))),
                ProblemType.INVALID_SEQUENCE,
                "/data/sequences/20");
        assertProblem(
                checking(with(new LabelledSequence("x", "fast", new Text(" \n")))),
                ProblemType.INVALID_SEQUENCE,
                "/data/sequences/20/text");
        assertProblem(
                checking(with(
                        new LabelledSequence("x", "fast", Values.of(new double[SequenceCheck.MOST_STEPS + 1][2])))),
                ProblemType.LIMIT_EXCEEDED,
                "/data/sequences/20/values");
    }

    @Test
    void refusesOptionsThatSayNothingAboutTheData() {
        var stopWords = new ClassifyOptions(null, null, null, StopWords.LEFT_OUT, null, null);
        var normalization = Samples.normalized(Normalization.DATA);

        assertProblem(
                () -> Samples.train(waves(40, 1, 1), stopWords, NetworkOptions.NONE, epochs(1)),
                ProblemType.NOT_SUPPORTED,
                "/classify/stop_words");
        assertProblem(
                () -> Samples.train(sentences(40, 1), normalization, NetworkOptions.NONE, epochs(1)),
                ProblemType.NOT_SUPPORTED,
                "/classify/normalization");
    }

    @Test
    void refusesWhatTheMachineHasNoMemoryFor() {
        assertProblem(
                () -> new ClassifierTrainer(new TrainingResources(1, 1 << 20))
                        .check(waves(40, 1, 1), ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE),
                ProblemType.LIMIT_EXCEEDED,
                "");
    }

    @Test
    void takesTenThousandSentencesInTheMemoryOfASmallService() {
        var trainer = new ClassifierTrainer(new TrainingResources(1, 500_000_000));
        List<LabelledSequence> sentences = IntStream.range(0, 10_000)
                .mapToObj(
                        i -> new LabelledSequence("s" + i, "l" + i % 2, new Text("one of many words ".repeat(12) + i)))
                .toList();

        assertThatCode(() -> trainer.check(sentences, ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesSequencesOfAnotherKindOrWidth() {
        Sequence text = new Text("fine"), wide = Values.of(new double[][] {{1, 2, 3}});

        assertProblem(() -> ofValues.classify(List.of(wide)), ProblemType.INVALID_SEQUENCE, "/sequences/0/values");
        assertProblem(() -> ofValues.classify(List.of(text)), ProblemType.INVALID_SEQUENCE, "/sequences/0");
        assertProblem(() -> ofText.classify(List.of(text, wide)), ProblemType.INVALID_SEQUENCE, "/sequences/1");
        assertProblem(
                () -> ofText.classify(List.of(new Text("  "))), ProblemType.INVALID_SEQUENCE, "/sequences/0/text");
        assertProblem(
                () -> ofValues.observe(ofValues.initialState(), new double[3]), ProblemType.INVALID_SEQUENCE, "/value");
        assertProblem(
                () -> ofValues.observe(ofValues.initialState(), new double[] {0, Double.POSITIVE_INFINITY}),
                ProblemType.INVALID_SEQUENCE,
                "/value/1");
        assertProblem(() -> ofValues.observe(ofValues.initialState(), "fine"), ProblemType.INVALID_SEQUENCE, "/text");
        assertProblem(
                () -> ofText.observe(ofText.initialState(), new double[1]), ProblemType.INVALID_SEQUENCE, "/values");
    }

    @Test
    void measuresOnlyLabelsThatTheVersionKnows() {
        var strange = new LabelledSequence("x", "strange", new Text("fine"));

        assertProblem(
                () -> ClassificationMeasures.of(ofText, List.of(strange)),
                ProblemType.INVALID_SEQUENCE,
                "/sequences/0/label");
    }

    @Test
    void goesOnOnlyWithTheLabelsAndChannelsOfItsParent() {
        List<LabelledSequence> strange = sentences(30, 1).stream()
                .map(one -> new LabelledSequence(one.id(), one.label() + "!", one.content()))
                .toList();
        var trainer = new ClassifierTrainer(new TrainingResources(1, 1L << 30)).startingFrom(ofText);

        assertProblem(
                () -> trainer.check(strange, ClassifyOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE),
                ProblemType.CANNOT_CONTINUE,
                "/data/sequences/0/label");
        assertProblem(
                () -> trainer.check(sentences(30, 1), ClassifyOptions.NONE, network(null, 2, 1), TrainingOptions.NONE),
                ProblemType.CANNOT_CONTINUE,
                "/network/layers");
    }
}
