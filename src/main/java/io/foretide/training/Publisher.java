package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Cause;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.NewVersion;
import io.foretide.registry.Promotion;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Turns a trained model into a version, exactly once. */
@Component
final class Publisher {
    /** Each further try means that another version became champion while this one was compared. */
    private static final int MOST_DECISIONS = 5;

    private final ModelRegistry registry;
    private final JobTransitions transitions;
    private final Provenance provenance;
    private final TransactionTemplate transactions;

    /** A model that is to become a version, and what it came of. */
    record Story(Claim claim, JobSettings asked, JobInput input, Candidate candidate) {}

    /** The champion that a decision compared with has been replaced meanwhile. */
    private static final class ChampionMovedException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Publisher(
            ModelRegistry registry,
            JobTransitions transitions,
            Provenance provenance,
            PlatformTransactionManager transactions) {
        this.registry = registry;
        this.transitions = transitions;
        this.provenance = provenance;
        this.transactions = new TransactionTemplate(transactions);
    }

    /**
     * The published version; empty where the claim is gone. The end of the job, the version and the move of the alias are
     * one transaction, so a crash leaves all of them or none.
     */
    Optional<ModelVersion> publish(Story story) {
        ModelName model = story.claim().model();
        byte[] artifact = story.candidate().artifact();
        for (int tries = 0; tries < MOST_DECISIONS; tries++) {
            var decision = PromotionDecision.of(story.candidate(), story.asked().promote(), registry.champion(model));
            try {
                return Optional.ofNullable(transactions.execute(_ -> publish(story, artifact, decision)));
            } catch (ChampionMovedException e) {
                continue;
            }
        }
        throw new ProblemException(
                ProblemType.TRAINING_FAILED,
                "The champion of %s was replaced %d times while this version was compared with it. Train again."
                        .formatted(model, MOST_DECISIONS));
    }

    private @Nullable ModelVersion publish(Story story, byte[] artifact, PromotionDecision decision) {
        Claim claim = story.claim();
        if (!transitions.succeed(claim)) {
            return null;
        }
        var registered = registry.register(new NewVersion(
                claim.model(),
                story.asked().task(),
                claim.jobId(),
                artifact,
                provenance.write(story, decision),
                Promotion.NEVER));
        // Registering locks the model: its champion stays what it is now until the transaction ends.
        requireChampion(claim.model(), decision.champion());
        if (decision.promoted()) {
            registry.promote(
                    claim.model(), registered.version(), new Cause("training job " + claim.jobId(), decision.reason()));
        }
        transitions.setVersion(claim, registered.version());
        return registered;
    }

    private void requireChampion(ModelName model, @Nullable Integer expected) {
        Integer present = registry.champion(model).map(ModelVersion::version).orElse(null);
        if (!Objects.equals(present, expected)) {
            throw new ChampionMovedException();
        }
    }
}
