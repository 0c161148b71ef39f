package io.foretide.streaming;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The secret behind all signatures: the operator's, or one that was made once and is kept in the database. */
final class SigningKey {
    private static final int BYTES = 32;

    private SigningKey() {}

    static byte[] of(SigningProperties properties, JdbcClient database) {
        String key = properties.key();
        return key == null || key.isEmpty() ? keptIn(database) : key.getBytes(StandardCharsets.UTF_8);
    }

    /** Of processes that start together one makes the key, and all have that. */
    private static byte[] keptIn(JdbcClient database) {
        return find(database).orElseGet(() -> {
            var made = new byte[BYTES];
            new SecureRandom().nextBytes(made);
            try {
                database.sql("insert into stream_key (id, secret) values (1, ?)")
                        .param(made)
                        .update();
                return made;
            } catch (DuplicateKeyException _) {
                return find(database).orElseThrow();
            }
        });
    }

    private static Optional<byte[]> find(JdbcClient database) {
        return database.sql("select secret from stream_key where id = 1")
                .query((row, _) -> row.getBytes(1))
                .optional();
    }
}
