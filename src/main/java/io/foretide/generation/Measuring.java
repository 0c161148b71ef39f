package io.foretide.generation;

import io.foretide.kernel.Softmax;
import io.foretide.kernel.TokenStepper;
import io.foretide.text.Vocabulary;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text and asks before each token how likely it is. Cut into streams, which are read side by side, that is quicker; but
 * each of them begins as a text of its own.
 */
final class Measuring {
    /** Of a text, to be comparable with the whole. */
    private static final double LEAST_SHARE = 0.25;

    private final LanguageModel model;
    private final int[] tokens;
    private final int streams;
    private final int length;
    private final TokenStepper stepper;
    private final Softmax softmax = new Softmax();
    private double sum;
    private long count;
    private long unknown;

    Measuring(LanguageModel model, int[] tokens, int mostStreams) {
        this.model = model;
        this.tokens = tokens;
        this.streams = Math.clamp(tokens.length, 1, mostStreams);
        this.length = Math.ceilDiv(tokens.length, streams);
        this.stepper = new TokenStepper(model.cells(), streams);
    }

    LanguageMeasures measure(BooleanSupplier outOfTime, long characters) {
        read(outOfTime);
        long read = Math.max(1, characters * count / tokens.length);
        return new LanguageMeasures(count, read, unknown, sum / count);
    }

    /**
     * The mean of −ln p of as much as there is time for; nothing where that is little, as the beginnings of streams are harder
     * to say than what follows, and would make every model look worse than one that was measured on all.
     */
    @Nullable
    Double nats(BooleanSupplier outOfTime) {
        read(outOfTime);
        return count < LEAST_SHARE * tokens.length ? null : sum / count;
    }

    private void read(BooleanSupplier outOfTime) {
        float[][] states = new float[streams][];
        for (int stream = 0; stream < streams; stream++) {
            states[stream] = model.initialState().numbers;
        }
        int[] next = new int[streams];
        for (int step = 0; step < length && (step == 0 || !outOfTime.getAsBoolean()); step++) {
            int running = 0;
            while (running < streams && running * length + step < tokens.length) {
                next[running] = tokens[running * length + step];
                running++;
            }
            stepper.expect(states, running);
            for (int stream = 0; stream < running; stream++) {
                score(stepper.at(stream), next[stream]);
            }
            stepper.advance(next, states, running);
        }
    }

    private void score(int at, int token) {
        float[] outputs = stepper.outputs();
        double output = outputs[at + token];
        sum += softmax.apply(outputs, at, model.settings().generate().vocabulary()) - output;
        count++;
        unknown += token == Vocabulary.UNKNOWN ? 1 : 0;
    }
}
