package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Deletes versions and models that nothing uses, within the caller's transaction. Their numbers stay used. */
@Component
final class Deletions {
    private static final Logger log = LoggerFactory.getLogger(Deletions.class);

    private final Store store;
    private final AliasMoves moves;
    private final Resolutions resolutions;
    // Asked for only when something is deleted: what uses models may itself need the registry.
    private final ObjectProvider<VersionUse> uses;

    Deletions(Store store, AliasMoves moves, Resolutions resolutions, ObjectProvider<VersionUse> uses) {
        this.store = store;
        this.moves = moves;
        this.resolutions = resolutions;
        this.uses = uses;
    }

    /** Deletes one version, and returns what references to it may be held in memory. */
    List<ModelReference> deleteVersion(ModelName model, int number) {
        store.models().lock(model);
        ModelVersion version =
                store.versions().find(model, number).orElseThrow(() -> VersionTable.unknown(model, number));
        requireNoAlias(version);
        List<String> users = uses.orderedStream()
                .flatMap(use -> use.useOf(model, number).stream())
                .toList();
        requireUnused(version.reference().toString(), users);
        store.artifacts().deleteWithVersion(version);
        log.info("version deleted model={} version={}", model, number);
        return forget(model, List.of(version.reference()));
    }

    /** Deletes a model with its versions and aliases, and returns what references to it may be held in memory. */
    List<ModelReference> deleteModel(ModelName model) {
        store.models().lock(model);
        List<String> users =
                uses.orderedStream().flatMap(use -> use.useOf(model).stream()).toList();
        requireUnused("Model " + model, users);
        moves.removeAll(model, Cause.ofClient("the model was deleted"));
        var deleted = new ArrayList<ModelReference>();
        for (int number : store.versions().numbers(model)) {
            ModelVersion version = store.versions().find(model, number).orElseThrow();
            store.artifacts().deleteWithVersion(version);
            deleted.add(version.reference());
        }
        store.models().delete(model);
        log.info("model deleted name={} versions={}", model, deleted.size());
        return forget(model, deleted);
    }

    private List<ModelReference> forget(ModelName model, List<ModelReference> versions) {
        resolutions.forget(versions);
        resolutions.forget(List.of(ModelReference.latest(model)));
        return versions;
    }

    private void requireNoAlias(ModelVersion version) {
        List<String> aliases = store.aliases().pointingTo(version.model(), version.version());
        if (!aliases.isEmpty()) {
            throw new ProblemException(
                            ProblemType.IN_USE,
                            "%s cannot be deleted while these aliases point to it: %s. Move them to another version first."
                                    .formatted(version.reference(), String.join(", ", aliases)))
                    .with("aliases", aliases);
        }
    }

    private static void requireUnused(String what, List<String> users) {
        if (!users.isEmpty()) {
            throw new ProblemException(
                            ProblemType.IN_USE,
                            "%s is in use by %s. Wait until that has ended, or end it, and try again."
                                    .formatted(what, String.join(", ", users)))
                    .with("used_by", users);
        }
    }
}
