/**
 * Architecture, training and inference of one recurrent network; the only user of Deeplearning4j.
 *
 * <p>A {@link io.foretide.network.Predictor} is immutable and shared by all threads. All that a forecast depends on is in
 * its {@link io.foretide.network.State}, which has exactly one owner.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"kernel", "series", "problem"})
package io.foretide.network;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
