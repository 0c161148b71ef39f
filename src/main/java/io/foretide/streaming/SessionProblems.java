package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import java.time.Duration;

/** What can be wrong with messages, in words. */
final class SessionProblems {
    private static final Duration MESSAGES_RETRY_AFTER = Duration.ofSeconds(1);

    private SessionProblems() {}

    /** A field of a message has no value that it can have. */
    static ProblemException invalid(String pointer, String detail) {
        String subject = pointer.isEmpty() ? "The message" : pointer;
        return new ProblemException(ProblemType.INVALID_REQUEST, subject + " " + detail + ".").at(pointer, detail);
    }

    static ProblemException unknown(String session) {
        return new ProblemException(
                        ProblemType.UNKNOWN_SESSION,
                        "There is no session %s. Open it with session.open.".formatted(quoted(session)))
                .with("session", shortened(session));
    }

    /** The session is there, and is not this recipient's. */
    static ProblemException elsewhere(String session) {
        return new ProblemException(
                        ProblemType.SESSION_ELSEWHERE,
                        "The session %s does not belong to this connection. Send session.resume with its token first."
                                .formatted(quoted(session)))
                .with("session", shortened(session));
    }

    /** Of a request over HTTP that came between others, to other processes, again and again. */
    static ProblemException contended() {
        return new ProblemException(
                        ProblemType.SESSION_ELSEWHERE,
                        "Other processes are asked for the session at the same time. Try again, one request after the other.")
                .retryAfter(MESSAGES_RETRY_AFTER);
    }

    static ProblemException exists(String session) {
        return new ProblemException(
                        ProblemType.SESSION_EXISTS,
                        "There is a session %s already. Resume it with its token, or choose another name."
                                .formatted(quoted(session)))
                .with("session", shortened(session));
    }

    /** A session whose time to live is over, or whose stored state cannot be read and not be rebuilt. */
    static ProblemException gone(String session, String why) {
        return new ProblemException(
                        ProblemType.SESSION_GONE,
                        "The session %s is gone: %s. Open a new one.".formatted(quoted(session), why))
                .with("session", shortened(session));
    }

    static ProblemException invalidToken() {
        return new ProblemException(
                ProblemType.INVALID_TOKEN,
                "The token is missing, or was not given out by this service for this session. Send the token of session.opened.");
    }

    static ProblemException unexpectedCount(String session, long expected, long actual) {
        return new ProblemException(
                        ProblemType.UNEXPECTED_COUNT,
                        "The session %s expects observation %d, and was sent %d. Send those between first."
                                .formatted(quoted(session), expected, actual))
                .with("expected", expected)
                .with("actual", actual);
    }

    /** What is to be rewound to has left the store, or is still to come. */
    static ProblemException notKept(String session, long wanted, long oldest, long newest) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The session %s can be rewound to the counts %d to %d, and not to %d. How many are kept is foretide.sessions.journal.kept-observations."
                                .formatted(quoted(session), oldest, newest, wanted))
                .with("oldest", oldest)
                .with("newest", newest)
                .at("/to_seq");
    }

    /** A message that sessions of another task take. */
    static ProblemException otherTask(ServedVersion version, Task asked) {
        String message = switch (asked) {
            case Task.Observe _ -> "observe";
            case Task.Read _ -> "text";
            case Task.Ask _ -> "forecast";
            case Task.Classify _ -> "classify";
            case Task.Generate _ -> "generate";
            case Task.Change _ -> throw new IllegalArgumentException("a change is for every task");
        };
        String taken = switch (version) {
            case ServedForecaster _ -> "observe, observe.many and forecast";
            case ServedClassifier _ -> "observe, observe.many, text and classify";
            case ServedWriter _ -> "text and generate";
        };
        return new ProblemException(
                        ProblemType.TASK_MISMATCH,
                        "%s does the task \"%s\", and the message \"%s\" is for another. Sessions of it take %s."
                                .formatted(version.title(), version.task(), message, taken))
                .with("task", version.task().wireName());
    }

    /** A wish of an opening that means nothing to the model. */
    static ProblemException onlyForForecasts(ServedVersion version, String pointer) {
        return invalid(
                pointer,
                "is for models that forecast, and %s does the task \"%s\": leave it out"
                        .formatted(version.title(), version.task()));
    }

    static ProblemException textTooLong(int actual, int limit) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The text has %d characters, and one message may have %d. Send it in pieces, cut anywhere, or raise foretide.sessions.max-text."
                                .formatted(actual, limit))
                .with("limit", limit)
                .with("actual", actual)
                .at("/text");
    }

    static ProblemException tooManyTokens(int actual, int limit) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "%d tokens are asked for, and at most %d may be. Ask for fewer, and again, or raise foretide.sessions.max-tokens."
                                .formatted(actual, limit))
                .with("limit", limit)
                .with("actual", actual)
                .at("/max_tokens");
    }

    static ProblemException tooManyGenerations(int limit) {
        return new ProblemException(
                        ProblemType.QUEUE_FULL,
                        "%d texts are being continued in sessions, and no more may be. Try again later, or raise foretide.sessions.max-generations."
                                .formatted(limit))
                .with("limit", limit)
                .retryAfter(MESSAGES_RETRY_AFTER);
    }

    /** Texts come faster than they are read. */
    static ProblemException tooMuchText(long limit) {
        return new ProblemException(
                        ProblemType.QUEUE_FULL,
                        "%d bytes of text wait to be read in all sessions, and no more may. This one was not applied. Read the answers before sending more, or raise foretide.sessions.max-waiting-text."
                                .formatted(limit))
                .with("limit", limit)
                .retryAfter(MESSAGES_RETRY_AFTER);
    }

    static ProblemException invalidState() {
        return new ProblemException(
                ProblemType.INVALID_STATE,
                "The state was not given out by this service, was changed since, or is of a release whose states this one cannot read. Send the state of a session.snapshot as it came.");
    }

    static ProblemException stateOfAnotherModel(ModelName of, ModelName session) {
        return new ProblemException(
                        ProblemType.INVALID_STATE,
                        "The state is of the model %s, and the session walks %s. Restore it in a session of that model."
                                .formatted(of, session))
                .with("model", of.value());
    }

    static ProblemException tooManyOfConnection(int limit) {
        return tooMany("This connection has", limit, "max-per-connection");
    }

    static ProblemException tooManyStored(long limit) {
        return tooMany("This service has", limit, "max-stored");
    }

    private static ProblemException tooMany(String who, long limit, String property) {
        return new ProblemException(
                        ProblemType.TOO_MANY_SESSIONS,
                        "%s %d sessions, and may have no more. Close some, or raise foretide.sessions.%s."
                                .formatted(who, limit, property))
                .with("limit", limit);
    }

    /** The session is sent more than it can take. */
    static ProblemException tooMuchWaits(int limit) {
        return new ProblemException(
                        ProblemType.QUEUE_FULL,
                        "%d messages wait in this session, and no more may. This one was not applied. Read the answers before sending more."
                                .formatted(limit))
                .with("limit", limit)
                .retryAfter(MESSAGES_RETRY_AFTER);
    }

    static ProblemException noTimes(String session) {
        return invalid(
                "/time",
                "is not wanted: the session %s has no start. Leave it out, or open a session with a series that has start and freq"
                        .formatted(quoted(session)));
    }

    /** A time between two steps, or one that the clocks of its zone skip. */
    static ProblemException notAStep(String time, String expected) {
        return invalid(
                "/time", "is %s, and no step of the session is then. The next one is at %s".formatted(time, expected));
    }

    static ProblemException tooFarAhead(long skipped, int limit, String expected) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The observation would skip %d steps, and at most %d may be skipped. The next step is at %s. Check the time, send what lies between, or raise foretide.sessions.max-jump."
                                .formatted(skipped, limit, expected))
                .with("limit", limit)
                .with("actual", skipped)
                .at("/time");
    }

    static ProblemException answerTooLarge(long limit) {
        return new ProblemException(
                        ProblemType.LIMIT_EXCEEDED,
                        "The answer to this message would hold more than %d numbers: sessions × horizon × (quantile levels + 1). This observation was not applied. Send fewer in a message, or raise foretide.sessions.max-outbox-size."
                                .formatted(limit))
                .with("limit", limit)
                .at("/points");
    }

    static ProblemException tooManyMessages(int limit) {
        return new ProblemException(
                        ProblemType.TOO_MANY_MESSAGES,
                        "This connection sends more than %d messages a second. This one was not applied. Wait, or send many observations a message with observe.many."
                                .formatted(limit))
                .with("limit", limit)
                .retryAfter(MESSAGES_RETRY_AFTER);
    }

    static ProblemException tooLarge(long limit) {
        return new ProblemException(
                        ProblemType.MESSAGE_TOO_LARGE,
                        "A message has more than %d characters. Send less in one, or raise foretide.sessions.max-message-size."
                                .formatted(limit))
                .with("limit", limit);
    }

    static ProblemException binary() {
        return new ProblemException(
                ProblemType.BINARY_MESSAGE, "A binary message was sent. Messages are JSON in text frames.");
    }

    static ProblemException draining(Duration retryAfter) {
        return new ProblemException(
                        ProblemType.DRAINING,
                        "This process is about to end, and takes no new sessions. Connect again: tokens stay valid.")
                .retryAfter(retryAfter);
    }

    private static String quoted(String session) {
        return "'" + shortened(session) + "'";
    }

    private static String shortened(String session) {
        return session.length() <= 100 ? session : session.substring(0, 100) + "…";
    }
}
