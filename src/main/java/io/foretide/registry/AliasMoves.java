package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
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
    ModelAlias move(ModelName model, Selector.Alias alias, int version, String reason) {
        requireSettable(alias);
        store.models().lock(model);
        ModelVersion target =
                store.versions().find(model, version).orElseThrow(() -> VersionTable.unknown(model, version));
        pointTo(target, alias, reason);
        return store.aliases().find(model, alias).orElseThrow();
    }

    /** Points an alias to a version of a model that is locked; one that points there already stays untouched. */
    void pointTo(ModelVersion target, Selector.Alias alias, String reason) {
        Optional<ModelAlias> current = store.aliases().find(target.model(), alias);
        if (current.isPresent() && current.get().version() == target.version()) {
            return;
        }
        if (current.isEmpty()) {
            requireRoom(target.model());
        }
        Integer from = current.map(ModelAlias::version).orElse(null);
        apply(new AliasTable.Move(target.model(), alias, from, target.version(), reason, now()));
    }

    /** Removes an alias, after locking the model. The champion stays while there are versions. */
    void remove(ModelName model, Selector.Alias alias, String reason) {
        requireSettable(alias);
        store.models().lock(model);
        ModelAlias current = store.aliases().find(model, alias).orElseThrow(() -> AliasTable.unknown(model, alias));
        if (alias.equals(Selector.Alias.CHAMPION)) {
            throw new ProblemException(
                            ProblemType.IN_USE,
                            "The alias champion is what the bare name %s means to its users, so it cannot be removed. Move it to another version, or delete the model."
                                    .formatted(model))
                    .with("version", current.version());
        }
        apply(new AliasTable.Move(model, alias, current.version(), null, reason, now()));
    }

    /** Removes all aliases of a locked model that is about to be deleted. */
    void removeAll(ModelName model, String reason) {
        for (ModelAlias alias : store.aliases().all(model)) {
            apply(new AliasTable.Move(model, alias.alias(), alias.version(), null, reason, now()));
        }
    }

    private void apply(AliasTable.Move move) {
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
