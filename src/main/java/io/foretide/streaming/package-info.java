/**
 * Forecasts, labels and texts from a hidden state that is kept between messages: sessions over WebSocket, and their twins over HTTP.
 *
 * <p>A session is a walk that goes on with every observation it is sent. Its observations are durable soon after, so that a
 * session outlives a crash, moves between processes, and can be forked, rewound and carried over to another version.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "registry",
            "network",
            "classification",
            "generation",
            "series",
            "reading",
            "storage",
            "http",
            "problem"
        })
package io.foretide.streaming;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
