package io.foretide.prediction;

import io.foretide.generation.Generated;
import io.foretide.generation.Generation;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageState;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.prediction.ContinuationAnswer.LikelyToken;
import io.foretide.prediction.PredictionMetrics.Operation;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.GenerationTurns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** Continuations and measures of texts by versions that write: each prompt is read from a fresh state. */
@Component
final class Continuations {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RequestChecks checks;
    private final PredictionMetrics metrics;
    private final GenerationTurns turns;
    private final int most;
    private final Semaphore places;

    Continuations(
            RequestChecks checks, PredictionMetrics metrics, GenerationTurns turns, PredictionProperties properties) {
        this.checks = checks;
        this.metrics = metrics;
        this.turns = turns;
        this.most = properties.maxGenerations();
        this.places = new Semaphore(most);
        metrics.generations(() -> most - places.availablePermits());
    }

    /**
     * A continuation that may be written.
     *
     * @param tellsProbabilities whether its client asked for them
     */
    record Order(ServedWriter model, String prompt, SamplingOptions options, boolean tellsProbabilities) {}

    /**
     * What is asked for, within what may be.
     *
     * @param answer told how many bytes the answer will hold beside its text
     */
    Order order(ServedWriter model, String prompt, GenerateRequest request, LongConsumer answer) {
        int tokens = Objects.requireNonNullElse(request.maxTokens(), GenerateRequest.DEFAULT_TOKENS);
        checks.requireTokens(tokens);
        checks.requireWork(model, prompt.length() + (long) tokens);
        var options = new SamplingOptions(
                tokens,
                Objects.requireNonNullElse(request.temperature(), 1.0),
                Objects.requireNonNullElse(request.topK(), 0),
                Objects.requireNonNullElse(request.topP(), 1.0),
                Objects.requireNonNullElseGet(
                        request.seed(), () -> ThreadLocalRandom.current().nextLong(1L << 53)),
                Objects.requireNonNullElse(request.stop(), List.of()));
        boolean tellsProbabilities = Boolean.TRUE.equals(request.logProbabilities());
        answer.accept(tellsProbabilities ? (long) tokens * LikelyToken.BYTES : 0);
        return new Order(model, prompt, options, tellsProbabilities);
    }

    /** Writes the continuation, together with all that are being written by the same version. */
    ContinuationAnswer write(Order order, ContinuationListener listener) {
        if (!places.tryAcquire()) {
            throw tooMany();
        }
        try {
            return metrics.time(order.model(), Operation.GENERATE, () -> written(order, listener));
        } finally {
            places.release();
        }
    }

    private ProblemException tooMany() {
        return new ProblemException(
                        ProblemType.TOO_MANY_GENERATIONS,
                        "%d texts are being continued already, and the limit is %d. Try again later, or raise foretide.prediction.max-generations."
                                .formatted(most, most))
                .with("limit", most)
                .retryAfter(RETRY_AFTER);
    }

    private ContinuationAnswer written(Order order, ContinuationListener listener) {
        ServedWriter model = order.model();
        LanguageModel language = model.languageModel();
        LanguageState state = language.initialState();
        var heard = new Heard(order, listener.sink(), metrics.timeToFirstToken(model));
        language.shared().read(state, order.prompt(), turns);
        Generation generation = language.begin(state, order.options(), heard);
        long read = state.position();
        try {
            while (!generation.isFinished()) {
                language.shared().advance(generation, listener.next(generation.tokens()), turns);
                listener.pause();
            }
        } finally {
            metrics.steps(model, Operation.GENERATE).increment(state.position());
            metrics.tokens(model).increment(generation.tokens());
        }
        Generated generated = generation.result();
        return new ContinuationAnswer(
                model.name(),
                model.version(),
                model.task(),
                generated.text(),
                generated.reason(),
                new ContinuationAnswer.Counts(read, generated.tokens()),
                order.options().seed(),
                order.tellsProbabilities() ? heard.probabilities : null);
    }

    /** Hears a continuation for its listener, and what else is to be known of it. */
    private static final class Heard implements TokenSink {
        private final boolean tellsProbabilities;
        private final TokenSink listener;
        private final Runnable first;
        private final List<LikelyToken> probabilities = new ArrayList<>();

        private Heard(Order order, TokenSink listener, Runnable first) {
            this.tellsProbabilities = order.tellsProbabilities();
            this.listener = listener;
            this.first = first;
        }

        @Override
        public boolean token(int index, String text, double logProbability) {
            if (index == 0) {
                first.run();
            }
            if (tellsProbabilities) {
                probabilities.add(new LikelyToken(text, logProbability));
            }
            return listener.token(index, text, logProbability);
        }

        @Override
        public boolean wantsLogProbabilities() {
            return tellsProbabilities;
        }
    }

    /** How well the model says a text. */
    LanguageBacktestAnswer backtest(ServedWriter model, String text) {
        checks.requireBacktestCharacters(text.length());
        checks.requireWork(model, text.length());
        var measures = metrics.time(
                model, Operation.BACKTEST, () -> model.languageModel().measure(text));
        metrics.steps(model, Operation.BACKTEST).increment(measures.tokens());
        return LanguageBacktestAnswer.of(model, measures, model.languageModel().hasSeen(text));
    }
}
