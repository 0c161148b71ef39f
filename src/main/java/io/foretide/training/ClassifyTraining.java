package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.TrainedClassifier;
import io.foretide.evaluation.ClassificationBacktest;
import io.foretide.http.DataField;
import io.foretide.network.StopReason;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.Task;
import io.foretide.sequences.Labelling;
import io.foretide.sequences.SequenceFields;
import io.foretide.sequences.SequenceLimits;
import io.foretide.sequences.SequenceReader;
import io.foretide.sequences.SequenceWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Models that classify come of labelled sequences, and are measured on those of them that were held out. */
@Component
final class ClassifyTraining implements TaskTraining<List<LabelledSequence>> {
    private final DataField<Sent> field;
    private final Parents parents;
    private final ModelRegistry registry;
    private final ClassifierTrainer trainer;
    private final CodeVersion code;

    ClassifyTraining(
            SequenceFields fields,
            Parents parents,
            ModelRegistry registry,
            TrainingProperties properties,
            CodeVersion code) {
        DataField<List<LabelledSequence>> sequences = fields.labelled("/data/sequences");
        this.field =
                new DataField<>(sequences.pointer(), sequences.reader().map(sent -> settings -> admit(settings, sent)));
        this.parents = parents;
        this.registry = registry;
        this.trainer = new ClassifierTrainer(properties.resources());
        this.code = code;
    }

    private Admitted<List<LabelledSequence>> admit(JobSettings settings, List<LabelledSequence> sequences) {
        String startFrom = settings.startFrom();
        LoadedModel parent = startFrom == null ? null : parents.find(startFrom, Task.CLASSIFY);
        startingFrom(parent).check(sequences, settings.classifyOrDefault(), settings.network(), settings.training());
        return new Admitted<>(
                this,
                sequences,
                AuditSummary.NOTHING,
                settings,
                parent == null ? null : parent.version().reference());
    }

    private ClassifierTrainer startingFrom(@Nullable LoadedModel parent) {
        return parent == null ? trainer : trainer.startingFrom(parent.classifier());
    }

    @Override
    public DataField<Sent> field() {
        return field;
    }

    @Override
    public void write(List<LabelledSequence> sequences, OutputStream out) {
        SequenceWriter.writeJsonLines(sequences, out);
    }

    @Override
    public List<LabelledSequence> read(InputStream in) {
        return new SequenceReader(SequenceLimits.NONE, Labelling.REQUIRED).readJsonLines(in);
    }

    @Override
    public Candidate train(Work<List<LabelledSequence>> work, RunMonitor monitor) {
        JobSettings settings = work.settings();
        monitor.startTraining(settings.training().maxDuration());
        TrainedClassifier trained = startingFrom(work.parent())
                .train(work.data(), settings.classifyOrDefault(), settings.network(), settings.training(), monitor);

        monitor.enter(Phase.EVALUATING);
        List<LabelledSequence> heldOut = unseen(trained.heldOut().of(work.data()), work.parent());
        var report = ClassificationBacktest.run(trained.classifier(), heldOut, monitor::hasTimeToExamine);
        var history = new TrainingHistory(trained.chosen(), trained.losses(), trained.members(), trained.stoppedBy());
        if (monitor.timeActed()) {
            history = history.stoppedByTime();
        }
        String reason = unmeasured(trained.classifier(), history, work);
        var measures =
                report.map(ClassifierRecord.Measured::of).orElseGet(() -> ClassifierRecord.Measured.none(reason));
        return new ClassifierCandidate(
                trained, record(work, history, measures), new ClassifierContest(registry, heldOut, monitor));
    }

    /** Those that a version has not seen which the training started from. */
    private static List<LabelledSequence> unseen(List<LabelledSequence> sequences, @Nullable LoadedModel parent) {
        if (parent == null) {
            return sequences;
        }
        Classifier earlier = parent.classifier();
        return sequences.stream().filter(one -> !earlier.hasSeen(one)).toList();
    }

    private ClassifierRecord record(
            Work<List<LabelledSequence>> work, TrainingHistory history, ClassifierRecord.Measured measures) {
        return new ClassifierRecord(
                Task.CLASSIFY,
                history.chosen(),
                work.parentName(),
                ClassifierRecord.Data.of(work.data(), work.dataSha256()),
                measures,
                history.members(),
                history.stoppedBy(),
                history.thinnedLosses(),
                code.value());
    }

    /** Why there may be no measures. */
    private static String unmeasured(Classifier classifier, TrainingHistory history, Work<?> work) {
        if (classifier.settings().training().validationSplit() == 0) {
            return "validation_split is 0: the training saw everything";
        }
        if (history.stoppedBy() == StopReason.TIME) {
            return "max_duration left no time to measure";
        }
        return work.parentName() == null
                ? "there are too few sequences to hold some out"
                : "there is no sequence that neither this training nor %s has seen".formatted(work.parentName());
    }
}
