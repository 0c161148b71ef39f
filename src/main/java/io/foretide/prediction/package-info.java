/**
 * Forecasts and backtests for a context that is sent in one request.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"registry", "evaluation", "network", "series", "http", "problem"})
package io.foretide.prediction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
