package io.foretide.streaming;

import io.foretide.registry.ModelReference;

/** Where sessions get the versions that they walk. */
interface Models {
    /** The version that a reference points to now. */
    ServedVersion load(ModelReference reference);

    /** The number of the version that a reference points to now. */
    int numberOf(ModelReference reference);
}
