package io.foretide.training;

import io.foretide.registry.LoadedModel;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do.
 *
 * @param parent the version that it starts from
 * @param dataSha256 the fingerprint of the data
 */
record Work<D>(JobSettings settings, D data, @Nullable LoadedModel parent, String dataSha256) {
    /** The fixed name of the version that it starts from. */
    @Nullable
    String parentName() {
        return parent == null ? null : parent.version().reference().toString();
    }
}
