package io.foretide.storage;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A JDBC URL of H2, completed by the settings without which the service would be wrong or lose data. */
record H2Url(String value) {
    private static final String PREFIX = "jdbc:h2:";

    private record Setting(String name, String value) {}

    /** What makes H2 read the same SQL as PostgreSQL. */
    private static final List<Setting> DIALECT = List.of(
            new Setting("MODE", "PostgreSQL"),
            new Setting("DATABASE_TO_LOWER", "TRUE"),
            new Setting("DEFAULT_NULL_ORDERING", "HIGH"));

    /**
     * Without the first, a commit is confirmed half a second before it is written, and a killed process loses it.
     * Without the second, H2 closes the file on SIGTERM while requests are still being answered.
     */
    private static final List<Setting> SAFETY =
            List.of(new Setting("WRITE_DELAY", "0"), new Setting("DB_CLOSE_ON_EXIT", "FALSE"));

    static boolean matches(String url) {
        return url.startsWith(PREFIX);
    }

    /** The database {@code foretide} in a folder. */
    static H2Url inFolder(String folder) {
        if (folder.contains(";")) {
            throw new UnusableDatabaseException(
                    "The folder " + folder + " of foretide.storage.path has a semicolon in its name.",
                    "Choose a folder without one: H2 reads its settings behind it.");
        }
        return of(
                PREFIX + "file:" + Path.of(folder).toAbsolutePath().normalize().resolve("foretide"));
    }

    /** Appends each required setting that the URL lacks, and refuses a URL that contradicts one. */
    static H2Url of(String url) {
        Map<String, String> present = settings(url);
        var complete = new StringBuilder(url);
        List<Setting> safety = location(url).startsWith("mem:") ? List.of() : SAFETY;
        for (List<Setting> group : List.of(DIALECT, safety)) {
            for (Setting required : group) {
                complete.append(missing(required, present));
            }
        }
        return new H2Url(complete.toString());
    }

    private static String missing(Setting required, Map<String, String> present) {
        String found = present.get(required.name());
        if (found == null) {
            return ";" + required.name() + "=" + required.value();
        }
        if (!found.equalsIgnoreCase(required.value())) {
            throw new UnusableDatabaseException(
                    "foretide.storage.url says %s=%s, but Foretide needs %s=%s."
                            .formatted(required.name(), found, required.name(), required.value()),
                    "Remove " + required.name() + " from the URL; the right value is added.");
        }
        return "";
    }

    private static Map<String, String> settings(String url) {
        var settings = new LinkedHashMap<String, String>();
        List<String> parts = List.of(url.split(";"));
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                settings.put(
                        part.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        part.substring(equals + 1).strip());
            }
        }
        return settings;
    }

    private static String location(String url) {
        int end = url.indexOf(';');
        return url.substring(PREFIX.length(), end < 0 ? url.length() : end);
    }

    /** The file that H2 keeps its data in; empty for a database in memory or on a server. */
    Optional<Path> file() {
        String location = location(value);
        String path = location.startsWith("file:") ? location.substring("file:".length()) : location;
        if (path.startsWith("~")) {
            path = System.getProperty("user.home") + path.substring(1);
        }
        // A scheme of one letter is a Windows drive.
        return path.indexOf(':') > 1 ? Optional.empty() : Optional.of(Path.of(path + ".mv.db"));
    }
}
