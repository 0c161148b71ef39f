package io.foretide.streaming;

import io.foretide.generation.LanguageModel;
import io.foretide.network.UnreadableStateException;
import io.foretide.registry.ModelName;

/** A version that writes. */
record ServedWriter(ModelName model, int number, LanguageModel languageModel) implements ServedVersion {
    @Override
    public io.foretide.registry.Task task() {
        return io.foretide.registry.Task.GENERATE;
    }

    @Override
    public WriterWalk begin(SessionSettings settings) {
        return new WriterWalk(languageModel, languageModel.initialState());
    }

    @Override
    public WriterWalk from(SessionSettings settings, Base base) throws UnreadableStateException {
        return new WriterWalk(languageModel, languageModel.stateOf(base.state()));
    }

    @Override
    public long steps(byte[] state) {
        return 0;
    }

    /** What one version has said is text to another, which would say something else. */
    @Override
    public Step carried(Step step, ServedVersion to) {
        return switch (step) {
            case Step.Continuation(long seq, int _, Drawing _, String text) -> new Step.Text(seq, text);
            case Step.Milestone(Step reached, byte[] _) -> carried(reached, to);
            case Step.Text _, Step.Value _, Step.Channels _ -> step;
        };
    }

    @Override
    public long numbers(SessionSettings settings) {
        return 0;
    }
}
