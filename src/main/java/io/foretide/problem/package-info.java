/**
 * Every error that a client can receive, and its RFC 9457 form.
 *
 * <p>Code anywhere throws a {@link io.foretide.problem.ProblemException}; it names a {@link io.foretide.problem.ProblemType},
 * says what happened, and points at the place. Each type has a page at {@code /problems/<slug>}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.foretide.problem;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
