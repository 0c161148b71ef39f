package io.foretide.generation;

import io.foretide.kernel.TokenCells;
import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.TokenKind;
import io.foretide.text.Tokenizer;
import io.foretide.text.Vocabulary;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * A network that says the next token of a text, ready to read and to write. Immutable: any number of threads may use it, each
 * on states of its own.
 *
 * <p>In front of every text stands the unknown token: what was said before it is not known. A token that the vocabulary lacks
 * is read as that one, and it is never generated.
 */
public final class LanguageModel {
    private final LanguageSettings settings;
    private final Vocabulary vocabulary;
    private final float[] parameters;
    private final SeenText seen;
    private final TokenCells cells;
    private final Tokenizer tokenizer;
    private final Spelling spelling;
    private final LanguageState initial;

    /** Where one generation at a time is computed, for whoever comes next. */
    private final Queue<GenerationBatch> idle = new ConcurrentLinkedQueue<>();

    private final SharedBatch shared;

    /** @param parameters in the order of {@link io.foretide.kernel.TokenShape}; not to be changed any more */
    LanguageModel(LanguageSettings settings, Vocabulary vocabulary, float[] parameters, SeenText seen) {
        if (vocabulary.size() != settings.generate().vocabulary()) {
            throw new IllegalArgumentException("%d tokens, and the settings say %d"
                    .formatted(vocabulary.size(), settings.generate().vocabulary()));
        }
        this.settings = settings;
        this.vocabulary = vocabulary;
        this.parameters = parameters;
        this.seen = seen;
        this.cells = new TokenCells(settings.shape(), parameters);
        this.tokenizer = tokenizer(settings.generate().tokens());
        this.spelling = new Spelling(settings.generate().tokens(), vocabulary);
        this.initial = new LanguageState(new float[settings.shape().stateLength()], 0, Vocabulary.UNKNOWN, false, "");
        new GenerationBatch(this, 1).read(initial, Vocabulary.UNKNOWN);
        initial.position = 0;
        this.shared = new SharedBatch(this);
    }

    static Tokenizer tokenizer(TokenKind kind) {
        return switch (kind) {
            case CHARACTER -> Tokenizer.CHARACTERS;
            case WORD -> Tokenizer.LOWER_CASE_WORDS;
        };
    }

    public LanguageSettings settings() {
        return settings;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    float[] parameters() {
        return parameters;
    }

    SeenText seen() {
        return seen;
    }

    TokenCells cells() {
        return cells;
    }

    Spelling spelling() {
        return spelling;
    }

    /** Whether a text, or a good part of it, was trained on. */
    public boolean hasSeen(String text) {
        return seen.has(text);
    }

    /** Those of some pieces of a text that were not trained on. */
    public List<String> unseen(List<String> pieces) {
        return seen.unseen(pieces);
    }

    public long parameterCount() {
        return parameters.length;
    }

    /** The memory that the model takes, in bytes. */
    public long sizeInBytes() {
        return cells.sizeInBytes() + (long) Float.BYTES * parameters.length;
    }

    /** Of a text that has not begun. */
    public LanguageState initialState() {
        return initial.copy();
    }

    /** Reads on. A text in pieces, cut anywhere, is read as the whole. */
    public void read(LanguageState state, String text) {
        if (text.isEmpty()) {
            return;
        }
        GenerationBatch one = take();
        state.pending = tokenizer.cutOff(state.pending + text, token -> one.read(state, vocabulary.number(token)));
        state.spaced = state.pending.isEmpty() && Tokenizer.isSpace(text.charAt(text.length() - 1));
        idle.add(one);
    }

    /** Ends the word that the text may have ended within. */
    private void endWord(LanguageState state) {
        if (!state.pending.isEmpty()) {
            GenerationBatch one = take();
            for (String token : tokenizer.tokens(state.pending)) {
                one.read(state, vocabulary.number(token));
            }
            state.pending = "";
            idle.add(one);
        }
    }

    /** Begins to continue the text that a state has read, which is the generation's until it is finished. */
    public Generation begin(LanguageState state, SamplingOptions options, TokenSink sink) {
        endWord(state);
        return new Generation(state, options, sink);
    }

    /** Continues the text that a state has read; afterwards it has read the continuation as well. */
    public Generated generate(LanguageState state, SamplingOptions options, TokenSink sink) {
        Generation generation = begin(state, options, sink);
        GenerationBatch one = take();
        one.finish(generation);
        idle.add(one);
        return generation.result();
    }

    /** Where all who generate at the same time are served together. */
    public SharedBatch shared() {
        return shared;
    }

    private GenerationBatch take() {
        GenerationBatch one = idle.poll();
        return one == null ? new GenerationBatch(this, 1) : one;
    }

    /** How well the model says a text; a problem where it has no token. */
    public LanguageMeasures measure(String text) {
        return measure(text, () -> false);
    }

    /** As {@link #measure(String)}, of as much as there is time for. */
    public LanguageMeasures measure(String text, BooleanSupplier outOfTime) {
        Tokens tokens = Tokens.of(tokenizer, vocabulary, text);
        if (tokens.count() == 0) {
            throw new ProblemException(
                    ProblemType.NOT_ENOUGH_DATA,
                    "The text has no token, and a model is measured on 1 at least: send a text with a %s."
                            .formatted(settings.generate().tokens() == TokenKind.WORD ? "word" : "character"));
        }
        return new Measuring(this, tokens.numbers(), 1).measure(outOfTime, text.codePointCount(0, text.length()));
    }

    /** A state as bytes. */
    public byte[] write(LanguageState state) {
        return StateFormat.write(state);
    }

    /**
     * The state that was written.
     *
     * @throws UnreadableStateException where no state of a model of this shape was
     */
    public LanguageState stateOf(byte[] bytes) throws UnreadableStateException {
        return StateFormat.read(bytes, settings);
    }
}
