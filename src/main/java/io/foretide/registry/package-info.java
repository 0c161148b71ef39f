/**
 * Named models, their immutable versions, movable aliases and provenance; reads models from their artifacts and caches them.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"network", "classification", "generation", "series", "storage", "http", "problem"})
package io.foretide.registry;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
