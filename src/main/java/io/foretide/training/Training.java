package io.foretide.training;

import io.foretide.evaluation.BacktestReport;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelVersion;
import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Component;

/** What a job does: reads, trains, measures, publishes. */
@Component
final class Training {
    private final JobTable jobs;
    private final JobInputs inputs;
    private final Parents parents;
    private final Trainer trainer;
    private final Examination examination;
    private final Publisher publisher;

    Training(
            JobTable jobs,
            JobInputs inputs,
            Parents parents,
            Trainer trainer,
            Examination examination,
            Publisher publisher) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.parents = parents;
        this.trainer = trainer;
        this.examination = examination;
        this.publisher = publisher;
    }

    /** The published version; empty where the claim was lost before that. */
    Optional<ModelVersion> run(Claim claim, RunMonitor monitor) {
        monitor.enter(Phase.PREPARING);
        JobInput input = jobs.input(claim.jobId())
                .orElseThrow(() -> new CancellationException("the job has ended, and its input is gone"));
        JobSettings settings = inputs.settings(input);
        List<TimeSeries> series = inputs.series(input);
        LoadedModel parent = parents.load(claim.jobId()).orElse(null);

        monitor.startTraining(
                settings.training().maxDuration(), planned -> examination.steps(planned, series, settings.promote()));
        TrainedModel model = trainer.train(series, settings, parent == null ? null : parent.predictor(), monitor);

        monitor.enter(Phase.EVALUATING);
        var candidate = new Examination.Candidate(
                monitor.interruptible(model.forecaster()),
                monitor.inTime(model.unseen()),
                model.method().settings(),
                series);
        BacktestReport report = examination.measure(candidate);
        if (monitor.timeActed()) {
            model = model.stoppedByTime();
        }

        monitor.enter(Phase.PUBLISHING);
        ModelReference parentName = parent == null ? null : parent.version().reference();
        return publisher.publish(
                new Provenance.Story(claim, settings, input, series, parentName, model, report), candidate);
    }
}
