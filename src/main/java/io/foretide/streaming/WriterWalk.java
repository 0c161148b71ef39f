package io.foretide.streaming;

import io.foretide.generation.Generated;
import io.foretide.generation.Generation;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageState;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import java.util.List;

/** A walk through a text that is continued. */
final class WriterWalk implements Walk {
    private final LanguageModel model;
    private final LanguageState state;

    WriterWalk(LanguageModel model, LanguageState state) {
        this.model = model;
        this.state = state;
    }

    @Override
    public void take(Step step) {
        switch (step) {
            case Step.Text(long _, String text) -> model.read(state, text);
            case Step.Continuation said -> say(said);
            case Step.Milestone(Step reached, byte[] _) -> take(reached);
            case Step.Value _, Step.Channels _ -> throw new IllegalArgumentException("no text: " + step);
        }
    }

    /** As many tokens as then: why it ended there does not matter any more. */
    private void say(Step.Continuation said) {
        Generated again = model.generate(state, said.drawing().options(said.tokens(), List.of()), TokenSink.NONE);
        if (again.tokens() != said.tokens()) {
            throw new IllegalStateException("%d tokens, and not %d".formatted(again.tokens(), said.tokens()));
        }
    }

    /** Reads a piece of text. */
    void read(String piece) {
        model.read(state, piece);
    }

    /** Begins to continue it; until that has ended nothing else is to be done. */
    Generation begin(SamplingOptions options, TokenSink sink) {
        return model.begin(state, options, sink);
    }

    /** How many tokens were read or generated. */
    long tokens() {
        return state.position();
    }

    /** As bytes. */
    byte[] pack() {
        return model.write(state);
    }

    @Override
    public Base at(long seq) {
        return new Base(seq, pack(), 0, 0);
    }
}
