/**
 * Labels for sequences of values or of words: training, and classification after every step of a walk.
 *
 * <p>A {@link io.foretide.classification.Classifier} is immutable and shared by all threads. What a classification depends on is
 * in a {@link io.foretide.classification.ClassifierState}, which has exactly one owner: predicting a sequence is walking it from
 * a fresh state. Recurrent networks and a branch of fixed patterns look at the same steps, and what each of them is worth is
 * learned on sequences that it was not trained on.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"network", "kernel", "text", "problem"})
package io.foretide.classification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
