package io.foretide.prediction;

import io.foretide.classification.Classification;
import io.foretide.classification.Classifier;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.evaluation.ClassificationBacktest;
import io.foretide.evaluation.ClassificationReport;
import io.foretide.prediction.ClassificationAnswer.ItemClassification;
import io.foretide.prediction.PredictionMetrics.Operation;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Labels and backtests of versions that classify: each sequence is walked from a fresh state. */
@Component
final class Classifications {
    private final RequestChecks checks;
    private final PredictionMetrics metrics;

    Classifications(RequestChecks checks, PredictionMetrics metrics) {
        this.checks = checks;
        this.metrics = metrics;
    }

    /**
     * The label of each sequence, in their order.
     *
     * @param answer told before it is made how many numbers the answer will hold
     */
    ClassificationAnswer classify(ServedClassifier model, List<LabelledSequence> sequences, LongConsumer answer) {
        Classifier classifier = model.classifier();
        List<String> labels = classifier.labels();
        answer.accept(checks.requireProbabilities(sequences.size(), labels.size()));
        long steps = steps(sequences);
        checks.requireWork(model, steps);
        List<Classification> said = metrics.time(
                model,
                Operation.CLASSIFY,
                () -> classifier.classify(
                        sequences.stream().map(LabelledSequence::content).toList()));
        metrics.steps(model, Operation.CLASSIFY).increment(steps);
        return new ClassificationAnswer(
                model.name(),
                model.version(),
                model.task(),
                labels,
                IntStream.range(0, said.size())
                        .mapToObj(i -> new ItemClassification(sequences.get(i).id(), labels, said.get(i)))
                        .toList());
    }

    /** How well the model classifies sequences whose labels are known. */
    ClassificationBacktestAnswer backtest(ServedClassifier model, List<LabelledSequence> sequences) {
        long steps = steps(sequences);
        checks.requireBacktestSteps(steps);
        checks.requireWork(model, steps);
        ClassificationReport report = metrics.time(
                        model,
                        Operation.BACKTEST,
                        () -> ClassificationBacktest.run(model.classifier(), sequences, () -> true))
                .orElseThrow();
        metrics.steps(model, Operation.BACKTEST).increment(steps);
        long seen = sequences.stream().filter(model.classifier()::hasSeen).count();
        return ClassificationBacktestAnswer.of(model, report, Math.toIntExact(seen));
    }

    /** The steps that are walked; of a text one for every two characters, which is more than words have. */
    private static long steps(List<LabelledSequence> sequences) {
        return sequences.stream()
                .mapToLong(sequence -> switch (sequence.content()) {
                    case Values values -> values.steps();
                    case Text(String text) -> Math.ceilDiv(text.length(), 2);
                })
                .sum();
    }
}
