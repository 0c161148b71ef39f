package io.foretide.generation;

import io.foretide.kernel.TokenStepper;
import java.util.ArrayList;
import java.util.List;

/** Advances many generations of one model by a token each, together. Belongs to one thread at a time. */
public final class GenerationBatch {
    private final LanguageModel model;
    private final TokenStepper stepper;
    private final Sampler sampler;
    private final float[][] states;
    private final int[] tokens;
    private final double[] logProbabilities;
    private final List<Generation> running = new ArrayList<>();

    /** @param most how many at once */
    public GenerationBatch(LanguageModel model, int most) {
        this.model = model;
        this.stepper = new TokenStepper(model.cells(), most);
        this.sampler = new Sampler(model.settings().generate().vocabulary());
        this.states = new float[most][];
        this.tokens = new int[most];
        this.logProbabilities = new double[most];
    }

    /**
     * Gives each generation that is not finished its next token, the first {@code most} of them. One whose sink throws ends there,
     * and throws that when it is asked for its {@link Generation#result}; the others go on.
     *
     * @return how many were advanced
     */
    public int step(List<Generation> generations) {
        for (int i = 0; i < generations.size() && running.size() < states.length; i++) {
            if (!generations.get(i).isFinished()) {
                running.add(generations.get(i));
            }
        }
        return step();
    }

    /** Gives one generation all its tokens. */
    void finish(Generation generation) {
        while (!generation.isFinished()) {
            running.add(generation);
            step();
        }
    }

    private int step() {
        int count = running.size();
        if (count == 0) {
            return 0;
        }
        for (int row = 0; row < count; row++) {
            states[row] = running.get(row).state.numbers;
        }
        stepper.expect(states, count);
        for (int row = 0; row < count; row++) {
            choose(row);
        }
        stepper.advance(tokens, states, count);
        for (int row = 0; row < count; row++) {
            try {
                take(running.get(row), row);
            } catch (RuntimeException e) { // of who listens to one of them: the others go on
                running.get(row).fail(e);
            }
        }
        running.clear();
        return count;
    }

    private void take(Generation generation, int row) {
        String piece = model.spelling().text(generation.state, tokens[row]);
        generation.state.take(tokens[row]);
        generation.take(piece, logProbabilities[row]);
    }

    private void choose(int row) {
        Generation generation = running.get(row);
        boolean asked = generation.wantsLogProbabilities();
        if (asked) {
            sampler.remember(stepper.outputs(), stepper.at(row));
        }
        tokens[row] = sampler.choose(stepper.outputs(), stepper.at(row), generation.options, generation.state.position);
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
