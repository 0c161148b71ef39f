package io.foretide.storage;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnusableDatabaseException unusable) {
                return new FailureAnalysis(unusable.matter(), unusable.action(), unusable);
            }
            if (cause instanceof SQLException locked && locked.getErrorCode() == ALREADY_OPEN) {
                return locked(locked);
            }
        }
        return null;
    }

    private static FailureAnalysis locked(SQLException failure) {
        Matcher file = FILE.matcher(String.valueOf(failure.getMessage()));
        return new FailureAnalysis(
                "The database file " + (file.find() ? file.group(1) + " " : "")
                        + "is locked by another process, probably a second Foretide.",
                "Stop the other process, or give this one its own folder by foretide.storage.path.",
                failure);
    }
}
