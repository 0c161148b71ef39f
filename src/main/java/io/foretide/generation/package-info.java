/**
 * Text generation: training, sampling and measures of a recurrent network that says the next token of a text.
 *
 * <p>A {@link io.foretide.generation.LanguageModel} is immutable and shared by all threads. All that a continuation depends on
 * is in its {@link io.foretide.generation.LanguageState}, which has exactly one owner, and in the seed that it is sampled with:
 * reading a text in pieces is reading it at once, and a text that is generated among others is the one that would be generated
 * alone, bit for bit.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"network", "kernel", "text", "problem"})
package io.foretide.generation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
