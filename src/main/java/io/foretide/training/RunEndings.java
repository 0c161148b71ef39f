package io.foretide.training;

import io.foretide.problem.ProblemDocument;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelVersion;
import io.foretide.training.RunMonitor.Interruption;
import io.foretide.training.TrainingWorker.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The ways in which a run ends: what becomes of its job, what is counted, and what the log says. */
@Component
final class RunEndings {
    private static final Logger log = LoggerFactory.getLogger(RunEndings.class);

    private final JobTransitions transitions;
    private final JobRetention retention;
    private final TrainingMetrics metrics;
    private final TrainingProperties properties;
    private final JsonMapper json;

    RunEndings(
            JobTransitions transitions,
            JobRetention retention,
            TrainingMetrics metrics,
            TrainingProperties properties,
            JsonMapper json) {
        this.transitions = transitions;
        this.retention = retention;
        this.metrics = metrics;
        this.properties = properties;
        this.json = json;
    }

    /** The job was ended by the transaction that published the version. */
    void succeeded(Claim claim, RunMonitor monitor, ModelVersion version) {
        log.info(
                "training succeeded id={} version={} duration={}", claim.jobId(), version.reference(), monitor.spent());
        monitor.loss().ifPresent(loss -> metrics.trained(claim.model(), loss));
        finish("succeeded", monitor.spent());
    }

    void failed(Claim claim, RunMonitor monitor, ProblemException problem) {
        if (!transitions.fail(claim, document(problem))) {
            claimLost(claim, monitor);
            return;
        }
        log.warn(
                "training failed id={} model={} problem={} detail={}",
                claim.jobId(),
                claim.model(),
                problem.type().slug(),
                problem.detail());
        finish("failed", monitor.spent());
    }

    /** The run ended by what nobody foresaw. */
    Outcome brokeDown(Claim claim, RunMonitor monitor, Throwable cause) {
        // A thread that is interrupted when the process ends may fail anywhere.
        if (monitor.stopping()) {
            return handBack(claim, monitor);
        }
        if (!transitions.isHeld(claim)) {
            claimLost(claim, monitor);
            return Outcome.NOTHING;
        }
        failed(
                claim,
                monitor,
                refusedMemory(cause).map(RunEndings::outOfMemory).orElseGet(() -> unforeseen(claim, cause)));
        return Outcome.NOTHING;
    }

    /** The first of the errors that say so, as it names what ran out. */
    private static Optional<OutOfMemoryError> refusedMemory(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .reduce((_, cause) -> cause);
    }

    private static ProblemException outOfMemory(OutOfMemoryError refusal) {
        return new ProblemException(
                ProblemType.OUT_OF_MEMORY,
                "The training was refused memory: %s. Lower batch_size, context, units, layers or horizon, or ask the operator for more memory (org.bytedeco.javacpp.maxphysicalbytes) or fewer trainings at a time (foretide.training.workers)."
                        .formatted(refusal.getMessage()));
    }

    private static ProblemException unforeseen(Claim claim, Throwable cause) {
        String reference = UUID.randomUUID().toString();
        log.error("training broke down id={} model={} reference={}", claim.jobId(), claim.model(), reference, cause);
        return new ProblemException(
                        ProblemType.TRAINING_FAILED,
                        "The training broke down, which it should not. Tell the operator this reference: " + reference
                                + ".")
                .with("reference", reference);
    }

    /** The run did as it was told. */
    Outcome interrupted(Claim claim, RunMonitor monitor) {
        return switch (monitor.interruption().orElse(Interruption.CLAIM_LOST)) {
            case STOPPING -> handBack(claim, monitor);
            case CLAIM_LOST -> {
                claimLost(claim, monitor);
                yield Outcome.NOTHING;
            }
            case TIMEOUT -> {
                failed(claim, monitor, timeout());
                yield Outcome.NOTHING;
            }
        };
    }

    private ProblemException timeout() {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The training took longer than %s. Set training.max_duration below that to get the best network found until then, or train on less."
                                .formatted(properties.timeout()))
                .with("limit", properties.timeout().toString());
    }

    private Outcome handBack(Claim claim, RunMonitor monitor) {
        boolean handedBack = transitions.handBack(claim, monitor.spent());
        log.info("training interrupted id={} handed_back={}", claim.jobId(), handedBack);
        return handedBack ? Outcome.RUN_AGAIN : Outcome.NOTHING;
    }

    /** Nothing is left to write: the job was cancelled, or belongs to another run. */
    void claimLost(Claim claim, RunMonitor monitor) {
        log.info("training run ended after its claim was gone id={} attempt={}", claim.jobId(), claim.attempt());
        finish("claim_lost", monitor.spent());
    }

    /** Ends a job whose last runs all ended with their process before they got any further. */
    void giveUp(Claim last) {
        var problem = new ProblemException(
                        ProblemType.TRAINING_FAILED,
                        "The service ended %d times in a row while this job was running and got no further, so it is not begun again. Ask the operator whether the memory suffices, or train on less."
                                .formatted(last.fruitless()))
                .with("attempts", last.attempt());
        if (transitions.fail(last, document(problem))) {
            log.warn("training given up id={} model={} attempts={}", last.jobId(), last.model(), last.attempt());
            finish("failed", last.spent());
        }
    }

    private String document(ProblemException problem) {
        return json.writeValueAsString(ProblemDocument.of(problem));
    }

    private void finish(String outcome, Duration spent) {
        metrics.ended(outcome, spent);
        retention.sweep();
    }
}
