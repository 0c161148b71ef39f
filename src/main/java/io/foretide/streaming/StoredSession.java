package io.foretide.streaming;

import io.foretide.registry.ModelReference;

/**
 * A session as it is kept.
 *
 * @param name unique in the service
 * @param reference what the client asked for, such as {@code air@champion}
 * @param version the number of the version that it walks, of the same model
 */
record StoredSession(String name, ModelReference reference, int version, SessionSettings settings, History history) {
    /** The same with another history. */
    StoredSession with(History changed) {
        return new StoredSession(name, reference, version, settings, changed);
    }
}
