/**
 * The one database: where it lies, what it has confirmed, and bytes kept in its rows.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.foretide.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
