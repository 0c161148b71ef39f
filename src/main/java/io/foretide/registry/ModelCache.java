package io.foretide.registry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Models in memory, as many as the limit of bytes allows. Threads that ask for a version while it is being loaded wait
 * for that one load.
 */
@Component
final class ModelCache {
    private static final Logger log = LoggerFactory.getLogger(ModelCache.class);
    private static final int KIBIBYTE = 1024;

    private final Artifacts artifacts;
    private final RegistryMetrics metrics;
    private final Reading reading;
    private final Cache<ModelReference, Model> models;

    /** How an artifact becomes a model, and how much memory that takes. */
    record Reading(Function<byte[], Model> reader, ToLongFunction<Model> size) {}

    @Autowired
    ModelCache(Artifacts artifacts, RegistryMetrics metrics, RegistryProperties limits) {
        this(artifacts, metrics, limits, new Reading(Model::read, Model::sizeInBytes));
    }

    ModelCache(Artifacts artifacts, RegistryMetrics metrics, RegistryProperties limits, Reading reading) {
        this.artifacts = artifacts;
        this.metrics = metrics;
        this.reading = reading;
        this.models = Caffeine.newBuilder()
                .maximumWeight(limits.cacheSize().toKilobytes())
                .<ModelReference, Model>weigher(
                        (_, model) -> kibibytes(reading.size().applyAsLong(model)))
                // What is too much leaves before the load returns, and no pool of threads is needed for it.
                .executor(Runnable::run)
                .build();
        metrics.watch(models);
    }

    // Weights are whole numbers; none is 0, or it would never leave.
    private static int kibibytes(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / KIBIBYTE + 1);
    }

    /** Versions are never changed and their numbers never used again, so what was loaded stays right. */
    Model get(ModelVersion version) {
        // The number of a version that is rolled back goes to the next one.
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return metrics.load(() -> load(version));
        }
        return models.get(version.reference(), _ -> metrics.load(() -> load(version)));
    }

    void forget(ModelReference version) {
        models.invalidate(version);
    }

    private Model load(ModelVersion version) {
        Model model = reading.reader().apply(artifacts.read(version));
        log.info(
                "model loaded name={} version={} bytes={}",
                version.model(),
                version.version(),
                version.artifact().size());
        return model;
    }
}
