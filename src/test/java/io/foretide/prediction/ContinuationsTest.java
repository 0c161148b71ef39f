package io.foretide.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.generation.FinishReason;
import io.foretide.generation.GenerateOptions;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.TokenSink;
import io.foretide.network.CellType;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.GenerationTurns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ContinuationsTest {
    private static final ContinuationListener STAYING = ContinuationListener.whole(() -> false);
    private static ServedWriter verse;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void trainsAModel() {
        var network = new NetworkOptions(CellType.SIMPLE_RNN, 8, 1, null, 0.0, 8, null);
        var training = new TrainingOptions(1, null, null, null, null, null, null, null, null, null, null);
        LanguageModel model = new LanguageModelTrainer(TrainingResources.OF_THIS_MACHINE)
                .train("the cat sat. ".repeat(50), GenerateOptions.NONE, network, training, TrainingMonitor.SILENT)
                .model();
        verse = new ServedWriter("verse", 1, model);
    }

    private Continuations continuations(int mostGenerations) {
        var limits = new PredictionProperties(10, 10, 10, 10, 10_000, 10_000, 1000, mostGenerations, 1L << 40);
        return new Continuations(
                new RequestChecks(limits), new PredictionMetrics(registry), new GenerationTurns(), limits);
    }

    private static Continuations.Order order(Continuations continuations, int tokens, boolean logProbabilities) {
        var request = new GenerateRequest(tokens, null, null, null, 7L, null, logProbabilities);
        return continuations.order(verse, "the ", request, _ -> {});
    }

    /** Hears one token after the other, and does something at each pause. */
    private record Pausing(List<String> heard, Runnable pausing) implements ContinuationListener {
        @Override
        public TokenSink sink() {
            return (_, text, _) -> heard.add(text);
        }

        @Override
        public int next(int tokens) {
            return 1;
        }

        @Override
        public void pause() {
            pausing.run();
        }
    }

    @Test
    void writesWithPausesWhatItWritesAtOnce() {
        Continuations continuations = continuations(1);
        List<String> heard = new ArrayList<>();

        ContinuationAnswer atOnce = continuations.write(order(continuations, 40, false), STAYING);
        ContinuationAnswer inPieces =
                continuations.write(order(continuations, 40, false), new Pausing(heard, () -> {}));

        assertThat(inPieces).isEqualTo(atOnce);
        assertThat(heard).hasSize(40);
        assertThat(String.join("", heard)).isEqualTo(atOnce.text());
        assertThat(atOnce.logProbabilities()).isNull();
    }

    @Test
    void tellsHowLikelyEachTokenWasToThoseWhoAsk() {
        Continuations continuations = continuations(1);

        ContinuationAnswer answer = continuations.write(order(continuations, 40, true), STAYING);

        double nats = -answer.logProbabilities().stream()
                .mapToDouble(ContinuationAnswer.LikelyToken::logProbability)
                .sum();
        assertThat(answer.logProbabilities()).hasSize(40).allMatch(token -> token.logProbability() <= 0);
        assertThat(nats / 40).isBetween(0.1, 10.0);
    }

    @Test
    void refusesMoreThanMayBeWrittenAtATime() {
        Continuations continuations = continuations(1);
        var order = order(continuations, 3, false);

        var another = new Pausing(new ArrayList<>(), () -> continuations.write(order, STAYING));

        assertThatThrownBy(() -> continuations.write(order, another))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.TOO_MANY_GENERATIONS));
        assertThat(continuations.write(order, STAYING).text()).isNotEmpty();
    }

    @Test
    void endsWhereTheClientHasGone() {
        Continuations continuations = continuations(1);
        List<String> heard = new ArrayList<>();
        var gone = new Pausing(heard, () -> {
            if (heard.size() == 5) {
                throw new UncheckedIOException(new IOException("broken pipe"));
            }
        });

        assertThatThrownBy(() -> continuations.write(order(continuations, 10_000, false), gone))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(heard).hasSize(5);
        assertThat(registry.get("foretide.tokens").counter().count()).isEqualTo(5);
        assertThat(registry.get("foretide.generations.active").gauge().value()).isZero();
    }

    @Test
    void endsAnAnswerInOnePieceWhoseClientHasGone() {
        Continuations continuations = continuations(1);
        var asked = new AtomicInteger();
        var leaving = ContinuationListener.whole(() -> asked.incrementAndGet() == 3);

        ContinuationAnswer answer = continuations.write(order(continuations, 10_000, false), leaving);

        assertThat(answer.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(answer.tokens().completion()).isLessThan(1000);
        assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void metersTokensAndTheTimeToTheFirst() {
        Continuations continuations = continuations(1);
        List<Double> active = new ArrayList<>();
        var watching = new Pausing(
                new ArrayList<>(),
                () -> active.add(
                        registry.get("foretide.generations.active").gauge().value()));

        continuations.write(order(continuations, 3, false), watching);

        assertThat(active).containsOnly(1.0);
        assertThat(registry.get("foretide.tokens").counter().count()).isEqualTo(3);
        assertThat(registry.get("foretide.steps").counter().count()).isEqualTo(7);
        assertThat(registry.get("foretide.time.to.first.token").timer().count()).isEqualTo(1);
    }
}
