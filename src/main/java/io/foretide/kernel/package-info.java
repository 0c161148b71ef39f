/**
 * The mathematics of recurrent networks on float arrays, forward and back. Uses nothing but the JDK.
 *
 * <p>A {@link io.foretide.kernel.Cell} walks, a {@link io.foretide.kernel.BatchGradient} trains; both compute by products and
 * element-wise loops of which there are two implementations: plain loops, which are the definition, and vectors, which
 * give the same bits. {@link io.foretide.kernel.Kernel} chooses once, by what the processor offers.
 *
 * <p>Every output element of a product is one chain of fused multiply-adds in ascending order, element-wise functions use
 * exactly rounded operations only, and sums have a fixed shape. So results are equal to the bit wherever and however they
 * are computed: for any vector width, batch size and number of threads, before and after a restart.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.foretide.kernel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
