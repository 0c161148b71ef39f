package io.foretide.storage;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says in a sentence why the service did not start on its database, in place of a page of stack trace. */
final class StorageFailureAnalyzer implements FailureAnalyzer {
    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    private static final Pattern FILE = Pattern.compile("\"([^\"]+[.]db)\"");

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> analyzeAlone(cause).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<FailureAnalysis> analyzeAlone(Throwable cause) {
        return switch (cause) {
            case UnusableDatabaseException unusable ->
                Optional.of(new FailureAnalysis(unusable.matter(), unusable.action(), unusable));
            case SQLException refused when isForCredentials(refused) -> Optional.of(refused(refused));
            case SQLException locked when locked.getErrorCode() == ALREADY_OPEN -> Optional.of(locked(locked));
            case SQLException broken -> DatabaseFailure.of(broken).map(kind -> broken(kind, broken));
            default -> Optional.empty();
        };
    }

    private static FailureAnalysis broken(DatabaseFailure kind, SQLException failure) {
        return switch (kind) {
            case FULL ->
                new FailureAnalysis(
                        "The disk of the database is full.",
                        "Make room on it, then start again: what was confirmed before is still there.",
                        failure);
            case DAMAGED ->
                new FailureAnalysis(
                        "The database file " + file(failure) + "is damaged, so nothing is served from it.",
                        "Restore it from a backup (docs/operations.md says how to make one), or move it away to start empty.",
                        failure);
            case GONE, BUSY ->
                new FailureAnalysis(
                        "The database cannot be reached: " + firstLine(failure),
                        "Start it, or correct foretide.storage.url.",
                        failure);
        };
    }

    /** Class 28 of SQLSTATE: invalid authorization; and PostgreSQL's name of a database that does not exist. */
    private static boolean isForCredentials(SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "");
        return state.startsWith("28") || state.equals("3D000");
    }

    private static FailureAnalysis refused(SQLException failure) {
        return new FailureAnalysis(
                "The database refuses the service: " + firstLine(failure),
                "Correct foretide.storage.username, foretide.storage.password or the name of the database in foretide.storage.url.",
                failure);
    }

    private static FailureAnalysis locked(SQLException failure) {
        return new FailureAnalysis(
                "The database file " + file(failure) + "is locked by another process, probably a second Foretide.",
                "Stop the other process, or give this one its own folder by foretide.storage.path.",
                failure);
    }

    private static String file(SQLException failure) {
        Matcher file = FILE.matcher(String.valueOf(failure.getMessage()));
        return file.find() ? file.group(1) + " " : "";
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it does not say why");
    }
}
