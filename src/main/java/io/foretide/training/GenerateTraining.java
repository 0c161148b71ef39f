package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageModelTrainer;
import io.foretide.generation.TrainedLanguageModel;
import io.foretide.http.DataField;
import io.foretide.http.TextFields;
import io.foretide.network.StopReason;
import io.foretide.reading.TextReader;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.Task;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Models that write come of one text, and are measured on what of it was held out. */
@Component
final class GenerateTraining implements TaskTraining<String> {
    private final DataField<Sent> field;
    private final Parents parents;
    private final ModelRegistry registry;
    private final LanguageModelTrainer trainer;
    private final CodeVersion code;

    GenerateTraining(
            TextFields fields,
            Parents parents,
            ModelRegistry registry,
            TrainingProperties properties,
            CodeVersion code) {
        DataField<String> text = fields.text("/data/text");
        this.field = new DataField<>(text.pointer(), text.reader().map(sent -> settings -> admit(settings, sent)));
        this.parents = parents;
        this.registry = registry;
        this.trainer = new LanguageModelTrainer(properties.resources());
        this.code = code;
    }

    private Admitted<String> admit(JobSettings settings, String text) {
        String startFrom = settings.startFrom();
        LoadedModel parent = startFrom == null ? null : parents.find(startFrom, Task.GENERATE);
        startingFrom(parent).check(text, settings.generateOrDefault(), settings.network(), settings.training());
        return new Admitted<>(
                this,
                text,
                AuditSummary.NOTHING,
                settings,
                parent == null ? null : parent.version().reference());
    }

    private LanguageModelTrainer startingFrom(@Nullable LoadedModel parent) {
        return parent == null ? trainer : trainer.startingFrom(parent.languageModel());
    }

    @Override
    public DataField<Sent> field() {
        return field;
    }

    @Override
    public void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String read(InputStream in) {
        return new TextReader("text", Integer.MAX_VALUE, "").readText(in);
    }

    @Override
    public Candidate train(Work<String> work, RunMonitor monitor) {
        JobSettings settings = work.settings();
        monitor.startTraining(settings.training().maxDuration());
        TrainedLanguageModel trained = startingFrom(work.parent())
                .train(work.data(), settings.generateOrDefault(), settings.network(), settings.training(), monitor);

        monitor.enter(Phase.EVALUATING);
        LanguageModel parent = work.parent() == null ? null : work.parent().languageModel();
        List<String> unseen = parent == null ? trained.heldOut() : parent.unseen(trained.heldOut());
        var measures = !unseen.isEmpty() && monitor.hasTimeToExamine()
                ? LanguageRecord.Measured.of(
                        trained.model().measure(String.join("", unseen), () -> !monitor.hasTimeToExamine()))
                : LanguageRecord.Measured.none(unmeasured(trained, work));
        var history = new TrainingHistory(trained.chosen(), trained.losses(), trained.members(), trained.stoppedBy());
        LanguageRecord record = record(work, monitor.timeActed() ? history.stoppedByTime() : history, measures);
        return new LanguageCandidate(trained, record, new LanguageContest(registry, unseen, monitor));
    }

    private LanguageRecord record(Work<String> work, TrainingHistory history, LanguageRecord.Measured measures) {
        return new LanguageRecord(
                Task.GENERATE,
                history.chosen(),
                work.parentName(),
                LanguageRecord.Data.of(work.data(), work.dataSha256()),
                measures,
                history.members(),
                history.stoppedBy(),
                history.thinnedLosses(),
                code.value());
    }

    /** Why there may be no measures. */
    private static String unmeasured(TrainedLanguageModel trained, Work<String> work) {
        if (trained.heldOut().isEmpty()) {
            return "nothing was held out: the text is too short, or validation_split is 0";
        }
        if (trained.stoppedBy() == StopReason.TIME || work.parentName() == null) {
            return "max_duration left no time to measure";
        }
        return "%s has seen what this training held out".formatted(work.parentName());
    }
}
