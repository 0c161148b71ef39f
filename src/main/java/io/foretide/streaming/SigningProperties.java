package io.foretide.streaming;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What tokens and states of sessions are signed with.
 *
 * @param key any text; all processes over one database must have the same. Absent, a key is made once and kept in the database
 */
@Validated
@ConfigurationProperties("foretide.sessions.signing")
record SigningProperties(@Nullable @Size(min = 32) String key) {
    /** Without the key. */
    @Override
    public String toString() {
        return "SigningProperties[]";
    }
}
