/**
 * How data in bodies are read: as a stream, in each form in which they may be sent, with everything that is wrong told by the
 * place where it stands.
 *
 * <p>A {@link io.foretide.reading.DataReader} reads one kind of data. It holds them once, gathers
 * {@link io.foretide.reading.Findings}, and names the line or the JSON pointer of each.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"problem"})
package io.foretide.reading;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
