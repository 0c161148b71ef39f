/**
 * Labelled sequences, of values and of text, in the forms in which requests and jobs have them: readers of JSON, JSON Lines and
 * CSV, the limits that requests are held to, and a writer.
 *
 * <p>What sequences are for is the business of {@code classification}; how bodies are read at all is that of {@code reading}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"classification", "reading", "http", "problem"})
package io.foretide.sequences;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
