package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.AliasTable.Move;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Moves aliases, within the caller's transaction. */
@Component
final class AliasMoves {
    private static final Logger log = LoggerFactory.getLogger(AliasMoves.class);

    private final Store store;
    private final Resolutions resolutions;
    private final RegistryProperties limits;
    private final Clock clock;

    AliasMoves(Store store, Resolutions resolutions, RegistryProperties limits, Clock clock) {
        this.store = store;
        this.resolutions = resolutions;
        this.limits = limits;
        this.clock = clock;
    }

    /** Points an alias to a version, after locking the model. */
    ModelAlias move(AliasChange change, int version) {
        requireSettable(change.alias());
        store.models().lock(change.model());
        ModelVersion target = store.versions()
                .find(change.model(), version)
                .orElseThrow(() -> VersionTable.unknown(change.model(), version));
        change.precondition().require(reference(change), find(change));
        pointTo(target, change.alias(), change.cause());
        return find(change).orElseThrow();
    }

    /**
     * Points an alias to a version of a model that is locked. One that points there already stays untouched, unless there
     * is another reason: that is kept as a move from the version to itself.
     */
    void pointTo(ModelVersion target, Selector.Alias alias, Cause cause) {
        Optional<ModelAlias> current = store.aliases().find(target.model(), alias);
        if (current.isEmpty()) {
            requireRoom(target.model());
            apply(new Move(target.model(), alias, null, target.version(), cause, now(), null));
            return;
        }
        ModelAlias present = current.get();
        boolean moves = present.version() != target.version();
        boolean explains = !cause.reason().isEmpty()
                && !cause.reason().equals(present.cause().reason());
        if (moves || explains) {
            Long back = moves
                    ? Long.valueOf(present.revision())
                    : store.aliases().move(present.revision()).move().back();
            apply(new Move(target.model(), alias, present.version(), target.version(), cause, now(), back));
        }
    }

    /**
     * Points an alias to the version before the present one, after locking the model. Each rollback goes one step further
     * back; a move begins anew from where it leads. Steps to versions that were deleted are passed over.
     */
    ModelAlias rollBack(AliasChange change) {
        requireSettable(change.alias());
        store.models().lock(change.model());
        ModelAlias current = find(change).orElseThrow(() -> AliasTable.unknown(change.model(), change.alias()));
        change.precondition().require(reference(change), Optional.of(current));
        Move back = before(current).orElseThrow(() -> nothingBefore(current));
        apply(new Move(
                change.model(), change.alias(), current.version(), back.to(), change.cause(), now(), back.back()));
        return find(change).orElseThrow();
    }

    /** The move that brought the alias to the version before, as far as there still is one. */
    private Optional<Move> before(ModelAlias current) {
        Long id = store.aliases().move(current.revision()).move().back();
        while (id != null) {
            Move move = store.aliases().move(id).move();
            Integer version = move.to();
            if (version != null
                    && version != current.version()
                    && store.versions().find(current.model(), version).isPresent()) {
                return Optional.of(move);
            }
            id = move.back();
        }
        return Optional.empty();
    }

    /** Removes an alias, after locking the model. The champion stays while there are versions. */
    void remove(AliasChange change) {
        requireSettable(change.alias());
        store.models().lock(change.model());
        ModelAlias current = find(change).orElseThrow(() -> AliasTable.unknown(change.model(), change.alias()));
        if (change.alias().equals(Selector.Alias.CHAMPION)) {
            throw new ProblemException(
                            ProblemType.IN_USE,
                            "The alias champion is what the bare name %s means to its users, so it cannot be removed. Move it to another version, or delete the model."
                                    .formatted(change.model()))
                    .with("version", current.version());
        }
        change.precondition().require(reference(change), Optional.of(current));
        apply(removal(current, change.cause()));
    }

    /** Removes all aliases of a locked model that is about to be deleted. */
    void removeAll(ModelName model, Cause cause) {
        for (ModelAlias alias : store.aliases().all(model)) {
            apply(removal(alias, cause));
        }
    }

    private Move removal(ModelAlias alias, Cause cause) {
        return new Move(alias.model(), alias.alias(), alias.version(), null, cause, now(), null);
    }

    private Optional<ModelAlias> find(AliasChange change) {
        return store.aliases().find(change.model(), change.alias());
    }

    private static ModelReference reference(AliasChange change) {
        return new ModelReference(change.model(), change.alias());
    }

    private void apply(Move move) {
        store.aliases().apply(move);
        resolutions.forget(List.of(new ModelReference(move.model(), move.alias())));
        log.info(
                "alias moved model={} alias={} from={} to={}",
                move.model(),
                move.alias().name(),
                move.from(),
                move.to());
    }

    private static void requireSettable(Selector.Alias alias) {
        if (alias.equals(Selector.Alias.LATEST)) {
            throw new ProblemException(
                    ProblemType.NOT_SUPPORTED,
                    "The alias latest always means the highest version; it cannot be moved or deleted. Choose another name.");
        }
    }

    private static ProblemException nothingBefore(ModelAlias alias) {
        return new ProblemException(
                        ProblemType.NOTHING_TO_ROLL_BACK,
                        "The alias %s@%s points to version %d, and no version that it pointed to before is left. Move it to a version that there is."
                                .formatted(alias.model(), alias.alias().name(), alias.version()))
                .with("version", alias.version());
    }

    private void requireRoom(ModelName model) {
        int count = store.aliases().count(model);
        if (count >= limits.maxAliases()) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "Model %s has %d aliases, and the limit is %d. Delete one, or raise foretide.registry.max-aliases."
                                    .formatted(model, count, limits.maxAliases()))
                    .with("limit", limits.maxAliases());
        }
    }

    // Databases keep microseconds and clients read milliseconds: what is answered now is what will be read later.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
