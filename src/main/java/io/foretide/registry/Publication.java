package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Adds versions to models, within the caller's transaction. */
@Component
final class Publication {
    private static final Logger log = LoggerFactory.getLogger(Publication.class);

    private final Store store;
    private final AliasMoves moves;
    private final Resolutions resolutions;
    private final Clock clock;

    Publication(Store store, AliasMoves moves, Resolutions resolutions, Clock clock) {
        this.store = store;
        this.moves = moves;
        this.resolutions = resolutions;
        this.clock = clock;
    }

    ModelVersion register(NewVersion wanted) {
        // From here on nobody else changes this model, so the number is ours and the job is looked up only once.
        int last = store.models().lockForRegistration(wanted.model());
        return publishedBy(wanted).orElseGet(() -> add(wanted, last));
    }

    /** As {@link #register}, but that equal bytes are one version. */
    Imports.Kept importVersion(NewVersion wanted) {
        int last = store.models().lockForRegistration(wanted.model());
        Optional<ModelVersion> same =
                store.versions().findByArtifact(wanted.model(), DigestUtils.sha256Hex(wanted.artifact()));
        if (same.isEmpty()) {
            return new Imports.Kept(add(wanted, last), Imports.Outcome.ADDED);
        }
        promote(same.get(), wanted.promotion());
        return new Imports.Kept(same.get(), Imports.Outcome.REPEATED);
    }

    private ModelVersion add(NewVersion wanted, int last) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        requireModel(wanted, now);
        Artifacts.Stored artifact = store.artifacts().store(wanted.artifact());
        var version = new ModelVersion(
                wanted.model(),
                last + 1,
                wanted.task(),
                now,
                wanted.jobId(),
                artifact.info(),
                wanted.provenance().deepCopy());
        store.models().setLastVersion(version.model(), version.version());
        store.versions().insert(version, artifact.blob());
        promote(version, wanted.promotion());
        resolutions.forget(List.of(ModelReference.latest(version.model()), version.reference()));
        log.info(
                "model registered name={} version={} bytes={}",
                version.model(),
                version.version(),
                version.artifact().size());
        return version;
    }

    private Optional<ModelVersion> publishedBy(NewVersion wanted) {
        @Nullable String jobId = wanted.jobId();
        Optional<ModelVersion> published =
                jobId == null ? Optional.empty() : store.versions().findByJob(jobId);
        if (published.isPresent() && !published.get().model().equals(wanted.model())) {
            throw new IllegalStateException(
                    "job " + jobId + " has published " + published.get().reference() + ", not " + wanted.model());
        }
        return published;
    }

    private void requireModel(NewVersion wanted, Instant now) {
        Optional<Task> task = store.models().task(wanted.model());
        if (task.isEmpty()) {
            store.models().insert(wanted.model(), wanted.task(), now);
        } else if (task.get() != wanted.task()) {
            throw taskMismatch(wanted.model(), task.get(), wanted.task());
        }
    }

    private void promote(ModelVersion version, Promotion promotion) {
        switch (promotion) {
            case ALWAYS -> moves.pointTo(version, Selector.Alias.CHAMPION, cause(version, "promote is always"));
            case IF_NO_CHAMPION -> {
                if (store.aliases()
                        .find(version.model(), Selector.Alias.CHAMPION)
                        .isEmpty()) {
                    moves.pointTo(version, Selector.Alias.CHAMPION, cause(version, "there was no champion"));
                }
            }
            case NEVER -> {}
        }
    }

    private static Cause cause(ModelVersion version, String reason) {
        String job = version.jobId();
        return job == null ? Cause.ofClient("imported: " + reason) : new Cause("training job " + job, reason);
    }

    static ProblemException taskMismatch(ModelName model, Task has, Task wanted) {
        return new ProblemException(
                        ProblemType.TASK_MISMATCH,
                        "Model %s has the task %s, so it cannot get a version for %s. Use another model name, or delete the model."
                                .formatted(model, has, wanted))
                .with("model", model.value())
                .with("task", has.wireName());
    }
}
