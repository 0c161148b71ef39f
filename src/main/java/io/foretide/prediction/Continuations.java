package io.foretide.prediction;

import io.foretide.generation.Generated;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageState;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import io.foretide.prediction.PredictionMetrics.Operation;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.stereotype.Component;

/** Continuations and measures of texts by versions that write: each prompt is read from a fresh state. */
@Component
final class Continuations {
    private final RequestChecks checks;
    private final PredictionMetrics metrics;

    Continuations(RequestChecks checks, PredictionMetrics metrics) {
        this.checks = checks;
        this.metrics = metrics;
    }

    /** A continuation that may be written. */
    record Order(ServedWriter model, String prompt, SamplingOptions options) {}

    /** What is asked for, within what may be. */
    Order order(ServedWriter model, String prompt, GenerateRequest request) {
        int most = Objects.requireNonNullElse(request.maxTokens(), GenerateRequest.DEFAULT_TOKENS);
        checks.requireTokens(most);
        checks.requireWork(model, prompt.length() + (long) most);
        var options = new SamplingOptions(
                most,
                Objects.requireNonNullElse(request.temperature(), 1.0),
                Objects.requireNonNullElse(request.topK(), 0),
                Objects.requireNonNullElse(request.topP(), 1.0),
                Objects.requireNonNullElseGet(
                        request.seed(), () -> ThreadLocalRandom.current().nextLong(1L << 53)),
                Objects.requireNonNullElse(request.stop(), List.of()));
        return new Order(model, prompt, options);
    }

    /** Writes the continuation, and tells each token of it at once. */
    ContinuationAnswer write(Order order, TokenSink sink) {
        ServedWriter model = order.model();
        LanguageModel language = model.languageModel();
        return metrics.time(model, Operation.GENERATE, () -> {
            LanguageState state = language.initialState();
            var first = metrics.timeToFirstToken(model);
            language.read(state, order.prompt());
            Generated generated = language.generate(state, order.options(), (index, text, probability) -> {
                if (index == 0) {
                    first.run();
                }
                return sink.token(index, text, probability);
            });
            long read = state.position() - generated.tokens();
            metrics.steps(model, Operation.GENERATE).increment(state.position());
            metrics.tokens(model).increment(generated.tokens());
            return new ContinuationAnswer(
                    model.name(),
                    model.version(),
                    model.task(),
                    generated.text(),
                    generated.reason(),
                    new ContinuationAnswer.Counts(read, generated.tokens()),
                    order.options().seed());
        });
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
