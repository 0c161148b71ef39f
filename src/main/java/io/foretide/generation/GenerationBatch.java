package io.foretide.generation;

import io.foretide.kernel.TokenStepper;
import java.util.List;

/** Advances many generations of one model by a token each, together. Belongs to one thread at a time. */
public final class GenerationBatch {
    private final LanguageModel model;
    private final TokenStepper stepper;
    private final Sampler sampler;
    private final float[][] states;
    private final int[] tokens;
    private final double[] logProbabilities;
    private final Generation[] running;

    /** @param most how many at once */
    public GenerationBatch(LanguageModel model, int most) {
        this.model = model;
        this.stepper = new TokenStepper(model.cells(), most);
        this.sampler = new Sampler(model.settings().generate().vocabulary());
        this.states = new float[most][];
        this.tokens = new int[most];
        this.logProbabilities = new double[most];
        this.running = new Generation[most];
    }

    /**
     * Gives each generation that is not finished its next token, the first {@code most} of them.
     *
     * @return how many were advanced
     */
    public int step(List<Generation> generations) {
        int count = 0;
        for (int i = 0; i < generations.size() && count < states.length; i++) {
            if (!generations.get(i).isFinished()) {
                running[count++] = generations.get(i);
            }
        }
        step(count);
        return count;
    }

    /** Gives one generation all its tokens. */
    void finish(Generation generation) {
        while (!generation.isFinished()) {
            running[0] = generation;
            step(1);
        }
    }

    private void step(int count) {
        if (count == 0) {
            return;
        }
        for (int row = 0; row < count; row++) {
            states[row] = running[row].state.numbers;
        }
        stepper.expect(states, count);
        for (int row = 0; row < count; row++) {
            choose(row);
        }
        stepper.advance(tokens, states, count);
        for (int row = 0; row < count; row++) {
            LanguageState state = running[row].state;
            String piece = model.spelling().text(state, tokens[row]);
            state.take(tokens[row]);
            running[row].take(piece, logProbabilities[row]);
            running[row] = null;
        }
    }

    private void choose(int row) {
        Generation generation = running[row];
        boolean asked = generation.wantsLogProbabilities();
        if (asked) {
            sampler.remember(stepper.outputs(), stepper.at(row));
        }
        tokens[row] =
                sampler.choose(stepper.outputs(), stepper.at(row), generation.options, generation.state.position);
        logProbabilities[row] = asked ? sampler.logProbability(tokens[row]) : Double.NaN;
    }

    /** Advances a state by a token that is known. */
    void read(LanguageState state, int token) {
        states[0] = state.numbers;
        tokens[0] = token;
        stepper.advance(tokens, states, 1);
        state.take(token);
    }
}
