import io.foretide.generation.GenerateOptions;
import io.foretide.generation.Generation;
import io.foretide.generation.GenerationBatch;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A model of 256 units over 65 symbols, hardly trained: what it writes makes no difference to how fast. */
final class Writing {
    static final int PROMPT = 1_000;

    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private final LanguageModel model;
    private final String letters = letters();
    private final int tokens;
    private final int rounds;

    Writing(String cell, boolean quick) {
        this.model = trained(cell).model();
        this.tokens = quick ? 20_000 : 200_000;
        this.rounds = quick ? 3 : 9;
    }

    private static TrainedLanguageModel trained(String cell) {
        var network = new NetworkOptions(CellType.valueOf(cell.toUpperCase(Locale.ROOT)), 256, 1, null, 0.0, null, null);
        var training = new TrainingOptions(1, null, null, null, null, null, null, null, null, null, null);
        return new LanguageModelTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(letters(), GenerateOptions.NONE, network, training, TrainingMonitor.SILENT);
    }

    /** Text of 65 symbols. */
    static String letters() {
        var letters = new StringBuilder();
        for (int i = 0; i < 4_000; i++) {
            letters.append((char) ('0' + i * 31 % 65));
        }
        return letters.toString();
    }

    /** Tokens a second, of one session and of many in one batch. */
    String speed() {
        double[] alone = new double[rounds], computed = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            var state = model.initialState();
            long begun = System.nanoTime(), used = PROCESSOR.getCurrentThreadCpuTime();
            model.generate(state, SamplingOptions.drawn(tokens, round), TokenSink.NONE);
            alone[round] = tokens / ((System.nanoTime() - begun) / 1e9);
            computed[round] = tokens / ((PROCESSOR.getCurrentThreadCpuTime() - used) / 1e9);
        }
        return "%,.0f tokens/s in the best of %d rounds, %,.0f in the median; %,.0f in a second of its processor at best; 16 in one batch %,.0f, 64 %,.0f"
                .formatted(best(alone), rounds, median(alone), best(computed), together(16), together(64));
    }

    private double together(int sessions) {
        double[] all = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            List<Generation> generations = new ArrayList<>();
            for (int session = 0; session < sessions; session++) {
                generations.add(model.begin(
                        model.initialState(), SamplingOptions.drawn(tokens / sessions, session), TokenSink.NONE));
            }
            var batch = new GenerationBatch(model, sessions);
            long begun = System.nanoTime();
            while (batch.step(generations) > 0) {}
            all[round] = tokens / ((System.nanoTime() - begun) / 1e9);
        }
        return best(all);
    }

    /** What reading a token costs, which is a step alone, and writing one with different ways of choosing. */
    String parts() {
        double step = micros(() -> model.read(model.initialState(), letters.repeat(5)), 5 * letters.length());
        return "%.2f µs read, %.2f greedy, %.2f drawn, %.2f with top_k 10, %.2f with top_p 0.9, %.2f drawn with log-probabilities"
                .formatted(
                        step,
                        writing(SamplingOptions.greedy(tokens / 5), TokenSink.NONE),
                        writing(SamplingOptions.drawn(tokens / 5, 1), TokenSink.NONE),
                        writing(new SamplingOptions(tokens / 5, 1, 10, 1, 1, List.of()), TokenSink.NONE),
                        writing(new SamplingOptions(tokens / 5, 1, 0, 0.9, 1, List.of()), TokenSink.NONE),
                        writing(SamplingOptions.drawn(tokens / 5, 1), new Wanting()));
    }

    private static final class Wanting implements TokenSink {
        @Override
        public boolean token(int index, String text, double logProbability) {
            return true;
        }

        @Override
        public boolean wantsLogProbabilities() {
            return true;
        }
    }

    private double writing(SamplingOptions options, TokenSink sink) {
        return micros(() -> model.generate(model.initialState(), options, sink), options.maxTokens());
    }

    private double micros(Runnable work, int count) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < rounds; round++) {
            long begun = PROCESSOR.getCurrentThreadCpuTime();
            work.run();
            best = Math.min(best, (PROCESSOR.getCurrentThreadCpuTime() - begun) / 1e3 / count);
        }
        return best;
    }

    /** Milliseconds from a prompt of a thousand characters to the first token. */
    String firstToken() {
        String prompt = letters.substring(0, PROMPT);
        double[] millis = new double[tokens / PROMPT];
        for (int i = 0; i < millis.length; i++) {
            long begun = System.nanoTime();
            var state = model.initialState();
            model.read(state, prompt);
            model.generate(state, SamplingOptions.drawn(1, i), TokenSink.NONE);
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        // The first ones are not compiled yet.
        return percentiles(Arrays.copyOfRange(millis, millis.length / 4, millis.length)) + " of %,d characters".formatted(PROMPT);
    }

    static String percentiles(double[] millis) {
        double[] sorted = Arrays.stream(millis).sorted().toArray();
        return "p50 %.2f ms, p99 %.2f ms of %d requests"
                .formatted(sorted[sorted.length / 2], sorted[(int) (0.99 * sorted.length)], sorted.length);
    }

    static double best(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }
}
