package io.foretide.evaluation;

import io.foretide.classification.Classification;
import io.foretide.classification.ClassificationMeasures;
import io.foretide.classification.Classifier;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Classifies sequences whose labels are known, and measures how good that was. */
public final class ClassificationBacktest {
    /** So many are walked side by side, and between them somebody may want an end. */
    private static final int TOGETHER = 256;

    private ClassificationBacktest() {}

    /**
     * Measures a model beside the shares of the labels in its training data.
     *
     * @param goesOn asked now and then: where it says no, the sequences so far are all
     * @return empty where not one sequence was classified
     */
    public static Optional<ClassificationReport> run(
            Classifier model, List<LabelledSequence> sequences, BooleanSupplier goesOn) {
        List<Classification> said = new ArrayList<>();
        for (List<LabelledSequence> some : batches(sequences)) {
            if (!goesOn.getAsBoolean()) {
                break;
            }
            said.addAll(model.classify(contents(some)));
        }
        if (said.isEmpty()) {
            return Optional.empty();
        }
        List<LabelledSequence> measured = sequences.subList(0, said.size());
        var shares = model.classification(model.initialState());
        var measures = ClassificationMeasures.of(model.labels(), measured, said);
        var majority =
                ClassificationMeasures.of(model.labels(), measured, Collections.nCopies(measured.size(), shares));
        return Optional.of(new ClassificationReport(
                measured.size(),
                ClassificationScores.of(measures),
                ClassificationScores.of(majority),
                confusion(measures)));
    }

    private static Map<String, List<Integer>> confusion(ClassificationMeasures measures) {
        Map<String, List<Integer>> rows = new LinkedHashMap<>();
        for (int i = 0; i < measures.labels().size(); i++) {
            rows.put(
                    measures.labels().get(i),
                    Arrays.stream(measures.confusion()[i]).boxed().toList());
        }
        return rows;
    }

    /**
     * Compares two models by their mean log loss on the same sequences. A label that a model does not know has no probability.
     *
     * @param goesOn asked now and then: where it says no, the sequences so far are all
     */
    public static Comparison compare(
            Classifier challenger, Classifier champion, List<LabelledSequence> sequences, BooleanSupplier goesOn) {
        double ofChallenger = 0, ofChampion = 0;
        int items = 0;
        for (List<LabelledSequence> some : batches(sequences)) {
            if (!goesOn.getAsBoolean()) {
                break;
            }
            ofChallenger += logLoss(challenger, some);
            ofChampion += logLoss(champion, some);
            items += some.size();
        }
        return new Comparison(items, ofChallenger / items, ofChampion / items);
    }

    private static double logLoss(Classifier model, List<LabelledSequence> sequences) {
        List<Classification> said = model.classify(contents(sequences));
        double sum = 0;
        for (int i = 0; i < said.size(); i++) {
            int truth = model.labels().indexOf(sequences.get(i).label());
            double probability = truth < 0 ? 0 : said.get(i).probabilities()[truth];
            sum -= StrictMath.log(Math.max(ClassificationMeasures.LEAST_PROBABILITY, probability));
        }
        return sum;
    }

    private static List<Sequence> contents(List<LabelledSequence> sequences) {
        return sequences.stream().map(LabelledSequence::content).toList();
    }

    private static List<List<LabelledSequence>> batches(List<LabelledSequence> sequences) {
        List<List<LabelledSequence>> batches = new ArrayList<>();
        for (int from = 0; from < sequences.size(); from += TOGETHER) {
            batches.add(sequences.subList(from, Math.min(sequences.size(), from + TOGETHER)));
        }
        return batches;
    }
}
