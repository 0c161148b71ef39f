package io.foretide.registry;

import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Named models and their immutable versions.
 *
 * <p>Changes take part in the caller's transaction where there is one, and are atomic by themselves where there is none.
 */
@Component
public final class ModelRegistry {
    private final Resolutions resolutions;
    private final ModelCache models;
    private final Changes changes;
    private final Store store;

    ModelRegistry(Resolutions resolutions, ModelCache models, Changes changes, Store store) {
        this.resolutions = resolutions;
        this.models = models;
        this.changes = changes;
        this.store = store;
    }

    /** The version that a reference points to now. */
    public ModelVersion resolve(ModelReference reference) {
        return resolutions.resolve(reference);
    }

    /** The version that a reference points to now, which nobody deletes before the caller's transaction ends. */
    public ModelVersion hold(ModelReference reference) {
        store.models().lock(reference.model());
        return resolve(reference);
    }

    /** The version that a reference points to now, ready to answer. */
    public LoadedModel load(ModelReference reference) {
        ModelVersion version = resolve(reference);
        return new LoadedModel(version, models.get(version));
    }

    /**
     * Keeps a new version under the next number of its model, which is made where it does not exist yet. A job that has
     * published already gets the version it published.
     */
    public ModelVersion register(NewVersion version) {
        return changes.register(version);
    }

    /** Makes a version the champion of its model, and keeps who did and why. */
    public void promote(ModelName model, int version, Cause cause) {
        changes.moveAlias(new AliasChange(model, Selector.Alias.CHAMPION, cause), version);
    }

    /** The model's champion, as the database has it now; empty where there is none. */
    public Optional<ModelVersion> champion(ModelName model) {
        return store.versions().findByAlias(model, Selector.Alias.CHAMPION);
    }

    /** The task of a model, which its first version fixed; empty where there is no such model. */
    public Optional<Task> task(ModelName model) {
        return store.models().task(model);
    }

    /** Refuses to make versions of a task for a model that has another. */
    public void requireTask(ModelName model, Task task) {
        task(model).filter(has -> has != task).ifPresent(has -> {
            throw Publication.taskMismatch(model, has, task);
        });
    }

    /** The version that a training job published; empty where it has not. */
    public Optional<ModelVersion> publishedBy(String jobId) {
        return store.versions().findByJob(jobId);
    }

    /** Deletes a version that nothing uses; its number is never given again. */
    void deleteVersion(ModelName model, int version) {
        changes.deleteVersion(model, version).forEach(models::forget);
    }

    /** Deletes a model that nothing uses, with its versions and aliases. */
    void deleteModel(ModelName model) {
        changes.deleteModel(model).forEach(models::forget);
    }
}
