package io.foretide.classification;

import io.foretide.network.Checkpoint;
import io.foretide.network.MemberTraining;
import io.foretide.network.RecurrentCore;
import io.foretide.network.Seeds;
import io.foretide.network.TrainingFingerprint;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingResources;
import io.foretide.network.TrainingSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One training: holds sequences out, learns the patterns, trains each member on all folds but one, and blends what they say of
 * sequences that they did not learn from.
 */
final class ClassifierTraining {
    /** How far apart the numbers of words start from 0. */
    private static final float WORDS_START_WITHIN = 0.1f;

    private final ClassifierPlan.Planned planned;
    private final List<LabelledSequence> data;
    private final TrainingMonitor monitor;
    private final TrainingResources resources;
    private final List<String> labels;
    private final Partition partition;

    /** The sequences that are learned from; from here on, sequences are counted among these. */
    private final List<Sequence> learned;

    private final int[] truth;
    private final double[] weights;

    ClassifierTraining(
            List<LabelledSequence> data,
            List<String> labels,
            ClassifierPlan.Planned planned,
            TrainingMonitor monitor,
            TrainingResources resources) {
        this.planned = planned;
        this.data = data;
        this.monitor = monitor;
        this.resources = resources;
        this.labels = labels;
        TrainingSettings training = planned.settings().training();
        int[] all = data.stream().mapToInt(one -> labels.indexOf(one.label())).toArray();
        this.partition = Partition.of(
                all, labels.size(), training.validationSplit(), planned.folds(data.size()), training.seed());
        this.learned = Arrays.stream(partition.learned())
                .mapToObj(i -> data.get(i).content())
                .toList();
        this.truth = Arrays.stream(partition.learned()).map(i -> all[i]).toArray();
        this.weights = weights();
    }

    private double[] weights() {
        double[] counts = new double[labels.size()];
        Arrays.stream(truth).forEach(label -> counts[label]++);
        long present = Arrays.stream(counts).filter(count -> count > 0).count();
        return Arrays.stream(truth)
                .mapToDouble(label -> switch (planned.settings().classWeights()) {
                    case NONE -> 1;
                    case BALANCED -> truth.length / (counts[label] * present);
                })
                .toArray();
    }

    TrainedClassifier train() {
        var choice = new PatternChoice(planned, truth, labels.size(), partition.folds(), monitor);
        Prepared prepared = choice.prepare(learned);
        plan(prepared);
        ClassifierSettings settings = prepared.settings();
        RecurrentCore core = Classifier.core(settings, prepared.reader(), labels.size());
        var outcome = new MemberTraining(
                        settings.training(),
                        settings.network().members(),
                        fingerprint(prepared),
                        monitor,
                        (member, progress) -> learner(member, progress, prepared, core))
                .train();
        ClassifierSettings trained =
                settings.with(settings.network().withMembers(outcome.members().size()));
        Classifier classifier = together(trained, prepared, core, outcome.members());
        return new TrainedClassifier(
                classifier,
                ClassifierArtifact.write(classifier),
                prepared.chosen(),
                outcome.losses(),
                outcome.trained(),
                outcome.stoppedBy(),
                new HeldOut(Arrays.stream(partition.heldOut()).boxed().toList()));
    }

    /** How much a batch and a measurement walk, so that a limited time is shared out. */
    private void plan(Prepared prepared) {
        long steps = IntStream.range(0, truth.length)
                .mapToLong(prepared.steps()::length)
                .sum();
        monitor.planned(
                steps * planned.settings().training().batchSize() / truth.length, steps / planned.folds(data.size()));
    }

    /** Of all that the networks follow from: whether there was time for patterns is nothing to them, unless it decided what they read. */
    private TrainingFingerprint fingerprint(Prepared prepared) {
        Classifier parent = planned.parent();
        byte[] before = parent == null ? new byte[0] : ClassifierArtifact.write(parent);
        String decided = "%s %s %s"
                .formatted(
                        planned.settings(),
                        planned.chosen(),
                        prepared.settings().normalization());
        return Fingerprints.of(data, decided, before);
    }

    /**
     * What is known before the networks are trained.
     *
     * @param steps of the sequences that are learned from
     * @param leftOut [sequences][labels]: what the patterns say of each as if they had not been learned from it
     */
    record Prepared(
            ClassifierSettings settings,
            List<String> chosen,
            Reader reader,
            Steps steps,
            PatternBranch patterns,
            double[][] leftOut) {
        int embedded() {
            return reader instanceof WordReader words ? words.embedded() : 0;
        }
    }

    private RecurrentLearner learner(
            int member, Checkpoint.@Nullable Progress progress, Prepared prepared, RecurrentCore core) {
        TrainingSettings whole = prepared.settings().training();
        TrainingSettings own = whole.withSeed(Seeds.ofMember(whole.seed(), member));
        int[] folds = partition.folds();
        int[] learn =
                IntStream.range(0, folds.length).filter(i -> folds[i] != member).toArray();
        int[] check =
                IntStream.range(0, folds.length).filter(i -> folds[i] == member).toArray();
        var task = new RecurrentLearner.Task(prepared.steps(), labels.size(), truth, weights, learn, check);
        var method = new RecurrentLearner.Method(
                own,
                planned.chosen().contains("training.learning_rate"),
                prepared.settings().labelSmoothing(),
                Deadline.ofMeasuring(monitor),
                resources.threads());
        var learner =
                new RecurrentLearner(task, core, method, prepared.embedded(), initial(member, own, prepared, core));
        if (progress != null) {
            learner.resume(progress);
        }
        return learner;
    }

    private float[] initial(int member, TrainingSettings own, Prepared prepared, RecurrentCore core) {
        Classifier parent = planned.parent();
        if (parent != null) {
            return parent.parts().networks().parameters().get(member);
        }
        float[] drawn = core.initial(own.seed());
        float[] all = Arrays.copyOf(drawn, drawn.length + prepared.embedded() * core.inputs());
        var random = new SplittableRandom(Seeds.at(own.seed(), 0));
        for (int i = drawn.length; i < all.length; i++) {
            all[i] = WORDS_START_WITHIN * (2 * (float) random.nextDouble() - 1);
        }
        return all;
    }

    private Classifier together(
            ClassifierSettings settings, Prepared prepared, RecurrentCore core, List<float[]> members) {
        int embedded = prepared.embedded();
        var networks = new RecurrentBranch(core, labels.size(), embedded, members);
        double[] shares = new double[labels.size()];
        Arrays.stream(truth).forEach(label -> shares[label] += 1.0 / truth.length);
        var parts = new Classifier.Parts(
                labels,
                shares,
                prepared.reader(),
                networks,
                prepared.patterns(),
                blend(prepared, core, members),
                seen());
        return new Classifier(settings, parts);
    }

    /** Of each fold its own member speaks, which did not learn from it, as far as there is time. */
    private Blend blend(Prepared prepared, RecurrentCore core, List<float[]> members) {
        Deadline deadline = Deadline.ofMeasuring(monitor);
        List<double[]> networks = new ArrayList<>(), patterns = new ArrayList<>();
        List<Integer> which = new ArrayList<>();
        for (int member = 0; member < members.size(); member++) {
            int fold = member;
            int[] own = IntStream.range(0, truth.length)
                    .filter(i -> partition.folds()[i] == fold)
                    .toArray();
            var branch = new RecurrentBranch(core, labels.size(), prepared.embedded(), List.of(members.get(member)));
            try {
                networks.addAll(List.of(branch.logits(prepared.steps(), own, deadline)));
            } catch (Deadline.Passed _) {
                break;
            }
            for (int i : own) {
                which.add(i);
                patterns.add(prepared.leftOut()[i]);
            }
        }
        var said = new BlendFit.Said(
                networks.toArray(double[][]::new),
                patterns.toArray(double[][]::new),
                which.stream().mapToInt(i -> truth[i]).toArray(),
                which.stream().mapToDouble(i -> weights[i]).toArray());
        return new BlendFit(said, labels.size(), deadline).fit();
    }

    private long[] seen() {
        Classifier parent = planned.parent();
        LongStream own = learned.stream().mapToLong(Fingerprints::of);
        LongStream earlier = parent == null
                ? LongStream.empty()
                : Arrays.stream(parent.parts().seen());
        return LongStream.concat(own, earlier).sorted().distinct().toArray();
    }
}
