package io.foretide.training;

import io.foretide.registry.ModelVersion;

/** Makes champions ready to be compared with. */
interface Champions {
    Champion load(ModelVersion version);
}
