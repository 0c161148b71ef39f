/**
 * The vocabulary of values: time series and their frequency, quantile levels and forecasts, and the readers of JSON,
 * JSON Lines and CSV.
 *
 * <p>Readers stream: they hold the numbers once, and name the line or the JSON pointer of whatever is wrong.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"reading", "problem"})
package io.foretide.series;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
