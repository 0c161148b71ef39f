package io.foretide.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.stereotype.Component;

/** The database that the properties choose: an H2 file unless a URL says otherwise. */
@Component
public final class Database implements JdbcConnectionDetails {
    private final StorageProperties properties;
    private final String url;
    private final String description;
    private final Optional<Path> file;

    Database(StorageProperties properties) {
        this.properties = properties;
        String wanted = properties.url();
        if (wanted == null || wanted.isBlank()) {
            wanted = H2Url.inFolder(properties.path()).value();
        }
        if (H2Url.matches(wanted)) {
            H2Url h2 = H2Url.of(wanted);
            file = h2.file().map(Path::toAbsolutePath);
            file.ifPresent(Database::requireWritable);
            url = h2.value();
            description = file.map(path -> "H2 file " + path).orElse("H2");
        } else {
            file = Optional.empty();
            url = wanted;
            // Behind the question mark there may be a password.
            description = wanted.replaceFirst("\\?.*", "");
        }
    }

    // H2 would open a file that it cannot write read-only, and fail at the first request instead.
    private static void requireWritable(Path file) {
        Path folder = file.getParent();
        String advice = "Make it writable, or choose another folder by foretide.storage.path.";
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UnusableDatabaseException("The database folder " + folder + " cannot be created: " + e, advice);
        }
        if (!Files.isWritable(folder)) {
            throw new UnusableDatabaseException("The database folder " + folder + " is not writable.", advice);
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new UnusableDatabaseException("The database file " + file + " is not writable.", advice);
        }
    }

    @Override
    public String getUsername() {
        return properties.username();
    }

    @Override
    public String getPassword() {
        return properties.password();
    }

    @Override
    public String getJdbcUrl() {
        return url;
    }

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** The file of an embedded database. */
    Optional<Path> file() {
        return file;
    }

    /** What the database is and where it lies, for people; never with a password. */
    public String description() {
        return description;
    }
}
