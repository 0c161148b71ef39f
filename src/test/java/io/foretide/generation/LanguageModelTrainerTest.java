package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.kernel.Bfloat16;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.StopReason;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.TokenKind;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTrainerTest {
    private static final TrainingResources ONE_THREAD = new TrainingResources(1, 1L << 30);
    private static final String VERSE = "the cat sat on a mat, the dog lay by the rug.\n";
    private static final String TEXT = VERSE.repeat(40);
    private static final NetworkOptions SMALL = new NetworkOptions(CellType.GRU, 24, 1, null, 0.1, null, null);

    private static TrainingOptions epochs(int epochs) {
        return new TrainingOptions(epochs, 4, null, null, null, null, null, null, null, 3L, null);
    }

    private static TrainedLanguageModel train(
            String text, GenerateOptions generate, int epochs, TrainingMonitor monitor) {
        return new LanguageModelTrainer(ONE_THREAD).train(text, generate, SMALL, epochs(epochs), monitor);
    }

    private static GenerateOptions of(TokenKind kind) {
        return new GenerateOptions(kind, null, 16);
    }

    @ParameterizedTest
    @EnumSource
    void learnsWhatARepeatedTextSaysNext(TokenKind kind) {
        TrainedLanguageModel trained = train(TEXT, of(kind), 12, TrainingMonitor.SILENT);

        LanguageState state = trained.model().initialState();
        trained.model().read(state, VERSE + "the cat sat");
        String text = trained.model()
                .generate(state, SamplingOptions.greedy(kind == TokenKind.WORD ? 4 : 10), TokenSink.NONE)
                .text();

        assertThat(text).isEqualTo(" on a mat,".substring(0, text.length())).hasSizeGreaterThan(8);
        assertThat(trained.model().measure(VERSE.repeat(2)).nats()).isLessThan(0.5);
        assertThat(trained.losses()).hasSize(12);
        assertThat(trained.losses().getLast().trainLoss())
                .isLessThan(trained.losses().getFirst().trainLoss());
        assertThat(trained.stoppedBy()).isEqualTo(StopReason.EPOCHS);
    }

    @Test
    void neverTrainsOnWhatItHoldsOut() {
        String end = "zzzyyyxxx".repeat(30);
        int share = TEXT.length() + end.length();

        TrainedLanguageModel trained = new LanguageModelTrainer(ONE_THREAD)
                .train(
                        TEXT + end,
                        of(TokenKind.CHARACTER),
                        SMALL,
                        new TrainingOptions(
                                1, 4, null, null, null, null, null, null, end.length() / (double) share, 3L, null),
                        TrainingMonitor.SILENT);

        assertThat(trained.heldOut()).containsExactly(end);
        assertThat(trained.model().vocabulary().known()).doesNotContain("z", "x");
        assertThat(trained.model().hasSeen(TEXT)).isTrue();
        assertThat(trained.model().hasSeen(TEXT.substring(100, 300))).isTrue();
        assertThat(trained.model().hasSeen(end)).isFalse();
    }

    @Test
    void publishesNumbersThatTakeHalfTheMemory() {
        float[] parameters = train(TEXT, of(TokenKind.CHARACTER), 1, TrainingMonitor.SILENT)
                .model()
                .parameters();

        assertThat(Bfloat16.nearest(parameters)).isEqualTo(parameters);
    }

    @Test
    void theArtifactDoesNotDependOnThreads() {
        byte[] one =
                train(TEXT, of(TokenKind.CHARACTER), 2, TrainingMonitor.SILENT).artifact();

        byte[] three = new LanguageModelTrainer(new TrainingResources(3, 1L << 30))
                .train(TEXT, of(TokenKind.CHARACTER), SMALL, epochs(2), TrainingMonitor.SILENT)
                .artifact();

        assertThat(three).isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTrainingThatIsInterruptedGivesTheSameArtifact(long seed) {
        TrainedLanguageModel whole = train(TEXT, of(TokenKind.CHARACTER), 4, TrainingMonitor.SILENT);
        var interrupted = new InterruptedLanguageTraining(seed);

        TrainedLanguageModel resumed = interrupted.finish(monitor -> train(TEXT, of(TokenKind.CHARACTER), 4, monitor));

        assertThat(interrupted.resumptions).isPositive();
        assertThat(resumed.artifact()).isEqualTo(whole.artifact());
        assertThat(resumed.losses()).isEqualTo(whole.losses());
    }

    @Test
    void aCheckpointOfAnotherTextIsRefused() {
        var interrupted = new InterruptedLanguageTraining(1);
        interrupted.interrupt(monitor -> train(TEXT, of(TokenKind.CHARACTER), 4, monitor));

        TrainedLanguageModel other =
                interrupted.finish(monitor -> train(TEXT + "!", of(TokenKind.CHARACTER), 2, monitor));

        assertThat(interrupted.refusals).isNotEmpty();
        assertThat(other.artifact())
                .isEqualTo(train(TEXT + "!", of(TokenKind.CHARACTER), 2, TrainingMonitor.SILENT)
                        .artifact());
    }

    @Test
    void endsWithTheBestSoFarWhenTimeIsUp() {
        TrainedLanguageModel trained = train(TEXT, of(TokenKind.CHARACTER), 50, new TrainingMonitor() {
            private int steps;

            @Override
            public boolean outOfTime() {
                return ++steps > 40;
            }
        });

        assertThat(trained.stoppedBy()).isEqualTo(StopReason.TIME);
        assertThat(trained.losses()).hasSizeBetween(1, 3);
    }

    @Test
    void aCancelledTrainingGivesNothing() {
        assertThatThrownBy(() -> train(TEXT, of(TokenKind.CHARACTER), 5, new TrainingMonitor() {
                    @Override
                    public boolean cancelled() {
                        return true;
                    }
                }))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void goesOnFromAnotherModelWithItsVocabulary() {
        TrainedLanguageModel parent = train(TEXT, of(TokenKind.CHARACTER), 6, TrainingMonitor.SILENT);
        String more = "the cow ate on the mat, the hen lay on the rug?\n".repeat(30);

        TrainedLanguageModel child = new LanguageModelTrainer(ONE_THREAD)
                .startingFrom(parent.model())
                .train(more, GenerateOptions.NONE, NetworkOptions.NONE, epochs(2), TrainingMonitor.SILENT);

        assertThat(child.model().vocabulary()).isEqualTo(parent.model().vocabulary());
        assertThat(child.losses().getFirst().trainLoss())
                .isLessThan(parent.losses().getFirst().trainLoss());
        assertThat(child.model().hasSeen(TEXT)).isTrue();
        assertThat(child.model().hasSeen(more)).isTrue();
    }

    @Test
    void parametersFitNoOtherNetwork() {
        LanguageModel parent =
                train(TEXT, of(TokenKind.CHARACTER), 1, TrainingMonitor.SILENT).model();
        var network = new NetworkOptions(null, 25, null, null, null, null, null);

        assertProblem(
                ProblemType.CANNOT_CONTINUE,
                "/network/units",
                () -> new LanguageModelTrainer(ONE_THREAD)
                        .startingFrom(parent)
                        .check(TEXT, GenerateOptions.NONE, network, epochs(1)));
        assertProblem(
                ProblemType.CANNOT_CONTINUE,
                "/generate/tokens",
                () -> new LanguageModelTrainer(ONE_THREAD)
                        .startingFrom(parent)
                        .check(TEXT, of(TokenKind.WORD), NetworkOptions.NONE, epochs(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "\uD83D"})
    void aTextThatIsTooShortIsRefused(String text) {
        for (TokenKind kind : TokenKind.values()) {
            assertProblem(
                    ProblemType.NOT_ENOUGH_DATA, "/data/text", () -> train(text, of(kind), 1, TrainingMonitor.SILENT));
        }
    }

    @Test
    void whatCannotBeIsRefusedBeforeTraining() {
        var members = new NetworkOptions(null, null, null, null, null, null, 2);
        var huge = new NetworkOptions(CellType.LSTM, 1024, 8, null, null, null, null);

        assertProblem(
                ProblemType.NOT_SUPPORTED,
                "/network/members",
                () -> new LanguageModelTrainer(ONE_THREAD).check(TEXT, GenerateOptions.NONE, members, epochs(1)));
        assertThatThrownBy(
                        () -> new LanguageModelTrainer(ONE_THREAD).check(TEXT, GenerateOptions.NONE, huge, epochs(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> new LanguageModelTrainer(new TrainingResources(1, 1000))
                        .check(TEXT, GenerateOptions.NONE, SMALL, epochs(1)))
                .hasMessageContaining("memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDE00\uD83D \uDE00\uDE00 ",
                "\u0000\u0001\u0007\u001B[31m\r\n\t\u007F\u0085",
                "\u202Eمرحبا بالعالم\u202C שלום ",
                "日本語の文章です。",
                "\uDBFF\uDFFF\uDBC0\uDC00\uFFFE\uFFFF ",
                "a\u0301\u0302\u0303 ",
                "same same "
            })
    void textOfEveryKindIsLearnedAndWrittenWhole(String piece) {
        String text = piece.repeat(60);
        for (TokenKind kind : TokenKind.values()) {
            LanguageModel model;
            try {
                model = train(text, of(kind), 1, TrainingMonitor.SILENT).model();
            } catch (ProblemException e) {
                assertThat(e.type()).isEqualTo(ProblemType.NOT_ENOUGH_DATA);
                continue;
            }
            LanguageState state = model.initialState();
            model.read(state, text);
            String generated = model.generate(state, SamplingOptions.drawn(100, 1), TokenSink.NONE)
                    .text();

            assertThat(generated).isNotEmpty().satisfies(LanguageModelTrainerTest::hasNoHalves);
            assertThat(LanguageModelArtifact.read(LanguageModelArtifact.write(model))
                            .vocabulary())
                    .isEqualTo(model.vocabulary());
        }
    }

    private static void hasNoHalves(String text) {
        assertThat(text.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    @Test
    void choosesASizeForTheTextAndTheTime() {
        var minutes = new TrainingOptions(
                null, null, null, null, null, null, null, null, null, null, java.time.Duration.ofMinutes(5));
        String large = TEXT.repeat(20_000_000 / TEXT.length() / 20);

        LanguageSettings small = new LanguagePlan(TEXT, null)
                .complete(GenerateOptions.NONE, NetworkOptions.NONE, TrainingOptions.NONE)
                .settings();
        LanguagePlan.Planned bigger =
                new LanguagePlan(large, null).complete(GenerateOptions.NONE, NetworkOptions.NONE, minutes);
        LanguageSettings slow = new LanguagePlan(large, null)
                .complete(
                        GenerateOptions.NONE,
                        NetworkOptions.NONE,
                        new TrainingOptions(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                java.time.Duration.ofHours(1)))
                .settings();

        assertThat(small.network().units())
                .isLessThan(bigger.settings().network().units());
        assertThat(slow.network().units())
                .isGreaterThan(bigger.settings().network().units());
        assertThat(bigger.chosen()).contains("network.units", "training.epochs", "generate.tokens");
    }

    private static void assertProblem(ProblemType type, String pointer, Runnable work) {
        assertThatThrownBy(work::run)
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(type);
                    assertThat(problem.places())
                            .extracting(ProblemException.Place::pointer)
                            .isEqualTo(List.of(pointer));
                });
    }
}
