package io.foretide.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foretide.network.CellType;
import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import io.foretide.testing.Allocations;
import io.foretide.text.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageModelTest {
    private static final String TEXT =
            "a cab😀 bé\u2028d\uD83D \uDE00 عربي the CAT, sat (on\nthe) mat. 日本語 don't 👨‍👩‍👧 z";

    private final LanguageModel characters = TestModels.ofCharacters();
    private final LanguageModel words = TestModels.ofWords();

    @ParameterizedTest
    @EnumSource
    void aTextThatIsCutAnywhereIsReadAsTheWhole(TokenKind kind) {
        LanguageModel model = model(kind);
        LanguageState whole = model.initialState();
        model.read(whole, TEXT);

        for (int cut = 0; cut <= TEXT.length(); cut++) {
            LanguageState pieces = model.initialState();
            model.read(pieces, TEXT.substring(0, cut));
            model.read(pieces, TEXT.substring(cut));

            assertThat(pieces.sameAs(whole)).as("cut at %d", cut).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void continuesInPiecesAsAtOnce(TokenKind kind) {
        LanguageModel model = model(kind);
        LanguageState atOnce = read(model, "the cab "), inPieces = atOnce.copy();

        String whole = model.generate(atOnce, SamplingOptions.drawn(60, 5), TokenSink.NONE)
                .text();
        var pieces = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            pieces.append(model.generate(inPieces, SamplingOptions.drawn(10, 5), TokenSink.NONE)
                    .text());
        }

        assertThat(pieces).hasToString(whole);
        assertThat(inPieces.sameAs(atOnce)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aStateThatIsWrittenAndReadGoesOnExactly(TokenKind kind) throws Exception {
        LanguageModel model = model(kind);
        for (int cut = 0; cut <= TEXT.length(); cut++) {
            LanguageState state = read(model, TEXT.substring(0, cut));

            LanguageState restored = model.stateOf(model.write(state));

            assertThat(restored.sameAs(state)).isTrue();
            model.read(state, TEXT.substring(cut));
            model.read(restored, TEXT.substring(cut));
            assertThat(model.generate(restored, SamplingOptions.drawn(20, 1), TokenSink.NONE))
                    .isEqualTo(model.generate(state, SamplingOptions.drawn(20, 1), TokenSink.NONE));
            assertThat(restored.sameAs(state)).isTrue();
        }
    }

    @Test
    void refusesBytesThatAreNoStateOfItsShape() {
        byte[] state = characters.write(read(characters, "abc"));

        for (int i = 0; i < state.length; i++) {
            byte[] cut = java.util.Arrays.copyOf(state, i);
            assertThatThrownBy(() -> characters.stateOf(cut)).isInstanceOf(UnreadableStateException.class);
        }
        assertThatThrownBy(() -> words.stateOf(state)).isInstanceOf(UnreadableStateException.class);
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] flipped = state.clone();
            flipped[random.nextInt(state.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                LanguageState read = characters.stateOf(flipped);
                characters.generate(read, SamplingOptions.drawn(2, 1), TokenSink.NONE);
            } catch (UnreadableStateException e) {
                assertThat(e).hasMessageContaining(" ");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(CellType.class)
    void aGenerationAmongOthersIsTheOneAlone(CellType cell) {
        LanguageModel model = TestModels.of(TokenKind.CHARACTER, TestModels.LETTERS, cell, 33, 2);
        List<Generation> generations = new ArrayList<>();
        List<Generated> alone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            var options = new SamplingOptions(10 + 3 * i, i % 4 * 0.5, i % 3 * 2, 1 - i % 5 * 0.1, i, List.of("ab"));
            LanguageState state = read(model, "abc".repeat(i));
            alone.add(model.generate(state.copy(), options, TokenSink.NONE));
            generations.add(model.begin(state, options, TokenSink.NONE));
        }

        var batch = new GenerationBatch(model, 7);
        while (batch.step(generations) > 0) {}

        assertThat(generations).extracting(Generation::result).isEqualTo(alone);
    }

    @Test
    void theSameSeedGivesTheSameTextAndAnotherOneAnother() {
        String one = drawn(characters, 1), again = drawn(TestModels.ofCharacters(), 1), other = drawn(characters, 2);

        assertThat(again).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
    }

    private static String drawn(LanguageModel model, long seed) {
        return model.generate(model.initialState(), SamplingOptions.drawn(100, seed), TokenSink.NONE)
                .text();
    }

    @Test
    void givesEachTokenAsItComesAndTheWholeInTheEnd() {
        var heard = new StringBuilder();
        List<Integer> indices = new ArrayList<>();

        Generated generated = characters.generate(
                characters.initialState(), SamplingOptions.drawn(50, 3), (index, text, logProbability) -> {
                    indices.add(index);
                    heard.append(text);
                    assertThat(logProbability).isNaN();
                    return true;
                });

        assertThat(generated.text()).isEqualTo(heard.toString());
        assertThat(generated.text().codePointCount(0, heard.length())).isEqualTo(50);
        assertThat(generated.reason()).isEqualTo(FinishReason.LENGTH);
        assertThat(indices).hasSize(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void logProbabilitiesAreThoseThatAMeasureCounts() {
        var sum = new Object() {
            double nats;
        };
        LanguageState state = characters.initialState();
        Generated generated =
                characters.generate(state, new SamplingOptions(40, 0.7, 4, 0.9, 1, List.of()), new TokenSink() {
                    @Override
                    public boolean token(int index, String text, double logProbability) {
                        sum.nats -= logProbability;
                        return true;
                    }

                    @Override
                    public boolean wantsLogProbabilities() {
                        return true;
                    }
                });

        LanguageMeasures measures = characters.measure(generated.text());

        assertThat(measures.tokens()).isEqualTo(40);
        assertThat(measures.nats()).isCloseTo(sum.nats / 40, within(1e-12));
        assertThat(measures.perplexity()).isCloseTo(Math.pow(2, measures.bits()), within(1e-9));
    }

    @Test
    void endsWhenNobodyListensAnyMore() {
        Generated generated = characters.generate(
                characters.initialState(), SamplingOptions.drawn(50, 3), (index, _, _) -> index < 4);

        assertThat(generated.reason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(generated.tokens()).isEqualTo(5);
    }

    @Test
    void aListenerThatFailsEndsItsOwnGenerationAlone() {
        Generation failing =
                characters.begin(characters.initialState(), SamplingOptions.drawn(20, 1), (index, _, _) -> {
                    if (index == 3) {
                        throw new IllegalStateException("gone");
                    }
                    return true;
                });
        Generation other = characters.begin(characters.initialState(), SamplingOptions.drawn(20, 1), TokenSink.NONE);
        List<Generation> both = List.of(failing, other);
        var batch = new GenerationBatch(characters, 2);

        int tokens = 0;
        for (int given = batch.step(both); given > 0; given = batch.step(both)) {
            tokens += given;
        }

        assertThat(tokens).isEqualTo(4 + 20);
        assertThatThrownBy(failing::result).hasMessage("gone");
        assertThat(other.result().text())
                .isEqualTo(characters
                        .generate(characters.initialState(), SamplingOptions.drawn(20, 1), TokenSink.NONE)
                        .text());
    }

    @Test
    void endsBeforeAStopStringWhereverItsTokensWereCut() {
        String whole = drawn(characters, 9);
        for (int from = 0; from < 60; from += 7) {
            for (int length = 1; length < 5; length++) {
                String stop = whole.substring(from, from + length);
                var heard = new StringBuilder();
                var options = new SamplingOptions(100, 1, 0, 1, 9, List.of("never there", stop));

                LanguageState state = characters.initialState();
                Generated generated = characters.generate(state, options, (_, text, _) -> heard.append(text) != null);

                assertThat(generated.text()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
                assertThat(heard).hasToString(generated.text());
                assertThat(generated.stop()).isEqualTo(stop);
                assertThat(state.position()).isEqualTo(generated.tokens());
            }
        }
    }

    @Test
    void givesWhatWasHeldBackWhenNoStopStringComes() {
        String whole = drawn(characters, 9);
        var heard = new StringBuilder();
        var options = new SamplingOptions(100, 1, 0, 1, 9, List.of(whole.substring(90) + "and more"));

        Generated generated =
                characters.generate(characters.initialState(), options, (_, text, _) -> heard.append(text) != null);

        assertThat(generated.text()).isEqualTo(whole);
        assertThat(heard).hasToString(whole);
    }

    @Test
    void putsWordsTogetherAsTheyAreWritten() {
        var spelling = words.spelling();
        LanguageState state = words.initialState();
        var text = new StringBuilder();
        for (String word : List.of("the", "cat", "(", "sat", ")", "on", ",", "日", "本", "mat", ".")) {
            int token = words.vocabulary().number(word);
            text.append(spelling.text(state, token));
            state.take(token);
        }

        assertThat(text).hasToString("the cat (sat) on, 日本 mat.");
    }

    @Test
    void addsNoSpaceWhereTheTextEndsWithOne() {
        Generated behindWord = words.generate(read(words, "the cat"), SamplingOptions.greedy(1), TokenSink.NONE);
        Generated behindSpace = words.generate(read(words, "the cat "), SamplingOptions.greedy(1), TokenSink.NONE);

        assertThat(behindWord.text()).isIn(" " + behindSpace.text(), behindSpace.text());
        assertThat(behindSpace.text()).doesNotStartWith(" ");
    }

    @Test
    void writesNoHalvesOfPairsWhateverItReads() {
        LanguageState state = read(characters, "\uD83D");

        String text = characters
                .generate(state, SamplingOptions.drawn(500, 4), TokenSink.NONE)
                .text();

        assertThat(text)
                .contains("😀")
                .isEqualTo(new String(
                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void countsWhatItDoesNotKnow() {
        LanguageMeasures measures = characters.measure("abxyz");

        assertThat(measures.tokens()).isEqualTo(5);
        assertThat(measures.unknown()).isEqualTo(3);
        assertThat(measures.nats()).isPositive().isFinite();
    }

    @Test
    void hasNothingToMeasureInAnEmptyText() {
        assertThatThrownBy(() -> characters.measure("")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> words.measure(" \n ")).isInstanceOf(ProblemException.class);
    }

    @Test
    void writesWithoutAnObjectForEachToken() {
        LanguageState state = characters.initialState();
        Runnable work = () -> characters.generate(state, SamplingOptions.drawn(2_000, 1), TokenSink.NONE);
        for (int i = 0; i < 200; i++) {
            work.run();
        }

        assertThat(Allocations.of(work)).isLessThan(10 * 2_000); // the text, as it grows
    }

    @Test
    void aTextOfOneLineOfMillionsIsRead() {
        LanguageState state = characters.initialState();
        characters.read(state, "abcde".repeat(20_000));

        assertThat(state.position()).isEqualTo(100_000);
    }

    private LanguageModel model(TokenKind kind) {
        return kind == TokenKind.WORD ? words : characters;
    }

    private static LanguageState read(LanguageModel model, String text) {
        LanguageState state = model.initialState();
        model.read(state, text);
        return state;
    }
}
