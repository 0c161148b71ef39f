package io.foretide.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionSystemException;

/** The ways in which a database fails that nobody who asks it can help. */
enum DatabaseFailure {
    /** Its disk has no room for what was to be written. */
    FULL,
    /** It is not there, or its file was closed after a write that failed. */
    GONE,
    /** It gave way to other changes, or did not get its turn in time. */
    BUSY,
    /** Its file is damaged. */
    DAMAGED;

    /** Causes can be circular. */
    private static final int DEEPEST_CAUSE = 20;

    /** What operating systems say, which the JDK passes on as text alone. */
    private static final Pattern NO_ROOM =
            Pattern.compile("No space left on device|Disk quota exceeded|File too large|not enough space on the disk");

    /** PostgreSQL's disk_full. */
    private static final Set<String> FULL_STATES = Set.of("53100");

    /** PostgreSQL: shutting down, crashed, starting, too many connections, read-only after a failover. */
    private static final Set<String> GONE_STATES = Set.of("57P01", "57P02", "57P03", "53300", "25006");

    /** Serialization failure and deadlock of both databases, and their timeouts of locks. */
    private static final Set<String> BUSY_STATES = Set.of("40001", "40P01", "55P03", "HYT00");

    /** H2: two kinds of failed input and output, a database that was closed by one, and one that is open elsewhere. */
    private static final Set<Integer> GONE_CODES = Set.of(90028, 90031, 90098, 90020);

    /** What the pool says of a connection that it has given up because it was lost, if that is used once more. */
    private static final String GIVEN_UP = "Connection is closed";

    /** H2: the file is corrupt, of another format or encrypted. */
    private static final Set<Integer> DAMAGED_CODES = Set.of(90030, 90048, 90049);

    /** What a failure comes from; empty where it is a mistake of ours. */
    static Optional<DatabaseFailure> of(Throwable failure) {
        // A full disk is behind all else that goes wrong with the file.
        if (causes(failure).anyMatch(DatabaseFailure::isForWantOfRoom)) {
            return Optional.of(FULL);
        }
        return causes(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .flatMap(cause -> Stream.ofNullable(of(cause)))
                .findFirst();
    }

    private static boolean isForWantOfRoom(Throwable cause) {
        return switch (cause) {
            case IOException e ->
                NO_ROOM.matcher(String.valueOf(e.getMessage())).find();
            case SQLException e -> FULL_STATES.contains(state(e));
            default -> false;
        };
    }

    private static @Nullable DatabaseFailure of(SQLException failure) {
        if (DAMAGED_CODES.contains(failure.getErrorCode()) || isCorruptChunk(failure)) {
            return DAMAGED;
        }
        if (BUSY_STATES.contains(state(failure))) {
            return BUSY;
        }
        boolean gone = failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || state(failure).startsWith("08")
                || GONE_STATES.contains(state(failure))
                || GONE_CODES.contains(failure.getErrorCode())
                || GIVEN_UP.equals(failure.getMessage());
        return gone ? GONE : null;
    }

    /** H2 finds some damage only when it reads the place, and calls it a general error. */
    private static boolean isCorruptChunk(SQLException failure) {
        return failure.getErrorCode() == 50000
                && String.valueOf(failure.getMessage()).contains("File corrupted");
    }

    private static String state(SQLException failure) {
        return Objects.requireNonNullElse(failure.getSQLState(), "");
    }

    /** Where the rollback failed as well, what it was for comes first. */
    private static Stream<Throwable> causes(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .toList();
        Stream<Throwable> before = chain.stream()
                .filter(TransactionSystemException.class::isInstance)
                .map(cause -> ((TransactionSystemException) cause).getApplicationException())
                .filter(Objects::nonNull)
                .flatMap(DatabaseFailure::causes);
        return Stream.concat(before, chain.stream());
    }
}
