package io.foretide.storage;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which database the service keeps its data in, and how large one blob in it may be.
 *
 * @param path the folder of the embedded database; unused where {@code url} is set
 * @param url a whole JDBC URL, of H2 or PostgreSQL, in place of {@code path}
 * @param stalledTransactionTimeout after how long PostgreSQL takes back what a process holds that stopped in mid-transaction
 */
@Validated
@ConfigurationProperties("foretide.storage")
record StorageProperties(
        @DefaultValue("./data") @NotBlank String path,
        @Nullable String url,
        @DefaultValue("sa") @NotBlank String username,
        @DefaultValue("") String password,
        @DefaultValue("1GB") DataSize maxBlobSize,
        @DefaultValue("15s") @DurationMin(seconds = 1) Duration stalledTransactionTimeout) {

    StorageProperties {
        if (maxBlobSize.toBytes() < 1) {
            throw new IllegalArgumentException("foretide.storage.max-blob-size must be positive, was " + maxBlobSize);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "StorageProperties[path=" + path + ", url=" + url + ", username=" + username + "]";
    }
}
