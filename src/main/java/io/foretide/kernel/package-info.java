/**
 * The mathematics of recurrent cells on float arrays. Uses nothing but the JDK.
 *
 * <p>Every output element is one chain of fused multiply-adds in ascending order, and element-wise functions use exactly
 * rounded operations only, so that results are equal to the bit wherever and however they are computed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.foretide.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
