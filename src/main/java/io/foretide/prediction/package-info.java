/**
 * Forecasts and classifications of data that is sent in one request.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "registry",
            "evaluation",
            "network",
            "classification",
            "generation",
            "series",
            "sequences",
            "reading",
            "http",
            "problem"
        })
package io.foretide.prediction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
