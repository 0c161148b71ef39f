package io.foretide.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Collection;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What references point to, remembered for so short a time that a prediction needs no database and a move made by another
 * process still counts at once.
 */
@Component
final class Resolutions {
    private static final int MOST = 10_000;

    private final ModelTable models;
    private final VersionTable versions;
    private final Cache<ModelReference, ModelVersion> cache;

    Resolutions(ModelTable models, VersionTable versions, RegistryProperties properties) {
        this.models = models;
        this.versions = versions;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(properties.aliasRefresh())
                .build();
    }

    ModelVersion resolve(ModelReference reference) {
        // A transaction may see what is not committed yet, and nobody else may.
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? find(reference)
                : cache.get(reference, this::find);
    }

    private ModelVersion find(ModelReference reference) {
        ModelName model = reference.model();
        return switch (reference.selector()) {
            case Selector.Version(int number) ->
                versions.find(model, number).orElseThrow(() -> unknown(model, VersionTable.unknown(model, number)));
            case Selector.Alias alias
            when alias.equals(Selector.Alias.LATEST) ->
                versions.latest(model).orElseThrow(() -> unknown(model, withoutVersions(model)));
            case Selector.Alias alias ->
                versions.findByAlias(model, alias).orElseThrow(() -> unknown(model, AliasTable.unknown(model, alias)));
        };
    }

    private ProblemException unknown(ModelName model, ProblemException otherwise) {
        return models.task(model).isEmpty() ? ModelTable.unknown(model) : otherwise;
    }

    private static ProblemException withoutVersions(ModelName model) {
        return new ProblemException(
                        ProblemType.UNKNOWN_VERSION,
                        "Model %s has no versions. Train one by POST /api/v1/models/%s/train.".formatted(model, model))
                .with("model", model.value());
    }

    /** Forgets references when the transaction is over: until then they still point to where they did. */
    void forget(Collection<ModelReference> references) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            references.forEach(cache::invalidate);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                references.forEach(cache::invalidate);
            }
        });
    }
}
