package io.foretide.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Takes connections out of the pool that will never work again.
 *
 * <p>H2 closes its database when a write fails, as on a full disk, and opens it again for a new connection only once no old
 * one is left. The pool knows by itself what PostgreSQL says of lost connections.
 */
public final class BrokenConnections implements SQLExceptionOverride {
    @java.lang.Override // the interface has a type of this name
    public Override adjudicate(SQLException failure) {
        return DatabaseFailure.of(failure)
                .map(kind -> switch (kind) {
                    case GONE, FULL, DAMAGED -> Override.MUST_EVICT;
                    case BUSY -> Override.CONTINUE_EVICT;
                })
                .orElse(Override.CONTINUE_EVICT);
    }
}
