/**
 * What every endpoint shares: bodies and their limits, strict JSON, data in each of their formats, pages of lists.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"series", "reading", "problem"})
package io.foretide.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
