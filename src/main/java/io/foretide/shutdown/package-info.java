/**
 * How the service stops: it says that it is no longer ready, goes on serving for a while, and then ends what is in progress.
 *
 * <p>The order is that of Spring's lifecycle phases. Readiness goes off and trainings are handed back. Requests are still
 * served until those who send them have learnt to send them elsewhere. Event streams end. The web server takes no connection
 * any more, and waits for the requests in progress. Then all else is closed, the database last.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.foretide.shutdown;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
