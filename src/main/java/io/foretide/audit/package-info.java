/**
 * Audits: what is wrong or odd with series, told before anything is trained on them.
 *
 * <p>Series are read as they were sent, and looked at one after the other: first when their values are, then what they
 * are. Each kind of finding is told once a series, with the first places and the number of all.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"network", "series", "http", "problem"})
package io.foretide.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
