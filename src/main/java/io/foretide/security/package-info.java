/**
 * Who may do what, and which addresses the service listens on.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.foretide.security;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
