package io.foretide.training;

import io.foretide.registry.ModelVersion;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.springframework.stereotype.Component;

/** What a job does: reads, trains, measures, publishes. */
@Component
final class Training {
    private final JobTable jobs;
    private final JobInputs inputs;
    private final Parents parents;
    private final TrainingTasks tasks;
    private final Publisher publisher;

    Training(JobTable jobs, JobInputs inputs, Parents parents, TrainingTasks tasks, Publisher publisher) {
        this.jobs = jobs;
        this.inputs = inputs;
        this.parents = parents;
        this.tasks = tasks;
        this.publisher = publisher;
    }

    /** The published version; empty where the claim was lost before that. */
    Optional<ModelVersion> run(Claim claim, RunMonitor monitor) {
        monitor.enter(Phase.PREPARING);
        JobInput input = jobs.input(claim.jobId())
                .orElseThrow(() -> new CancellationException("the job has ended, and its input is gone"));
        JobSettings settings = inputs.settings(input);
        Candidate candidate = train(tasks.of(settings.task()), new Order(claim, settings, input), monitor);

        monitor.enter(Phase.PUBLISHING);
        return publisher.publish(new Publisher.Story(claim, settings, input, candidate));
    }

    private record Order(Claim claim, JobSettings settings, JobInput input) {}

    private <D> Candidate train(TaskTraining<D> task, Order order, RunMonitor monitor) {
        D data = inputs.data(order.input(), task, monitor::requireUninterrupted);
        var parent = parents.load(order.claim().jobId()).orElse(null);
        return task.train(
                new Work<>(order.settings(), data, parent, order.input().dataSha256()), monitor);
    }
}
