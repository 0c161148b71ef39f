package io.foretide.streaming;

import io.foretide.generation.FinishReason;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Forecast;
import io.foretide.series.Frequency;
import io.foretide.series.Timeline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service says. Numbers stay numbers: JSON is made of them when they are sent, which may be never.
 *
 * <p>{@code eventId} is that of the message that is answered. {@code seq} is the count of the last observation that was applied,
 * {@code durableSeq} of the last that is there after any crash.
 */
sealed interface ServerMessage {
    /** The session is there, and this client's. */
    record Opened(@Nullable String eventId, String session, String model, int version, String token, long seq)
            implements ServerMessage {}

    /** The session goes on, and is this client's. */
    record Resumed(
            @Nullable String eventId,
            String session,
            String model,
            int version,
            String token,
            long seq,
            long durableSeq)
            implements ServerMessage {}

    /**
     * When the steps of a forecast are, as far as the client said.
     *
     * @param frequency the spacing of steps; absent where the client sent none
     * @param timeline the times of the whole walk; absent where the client sent none
     * @param step the first forecast one, counted from 0 along the timeline
     */
    record Times(@Nullable Frequency frequency, @Nullable Timeline timeline, long step) {
        static final Times UNKNOWN = new Times(null, null, 0);
    }

    /**
     * The one answer to an observation. A newer one of the same session may take its place while it waits to be sent.
     *
     * @param scored absent where nothing had been forecast for this observation, or it is missing
     */
    record Forecasted(
            @Nullable String eventId,
            String session,
            long seq,
            long durableSeq,
            Times times,
            Forecast forecast,
            @Nullable Scored scored)
            implements ServerMessage {}

    /** The one answer to a step of a sequence. A newer one of the same session may take its place while it waits to be sent. */
    record Classified(@Nullable String eventId, String session, long seq, long durableSeq, Labelled labelled)
            implements ServerMessage {}

    /** A classification that was asked for. */
    record ClassificationAnswered(
            @Nullable String eventId, String session, long seq, long durableSeq, Labelled labelled)
            implements ServerMessage {}

    /**
     * A token of a continuation.
     *
     * @param index counted from 0
     * @param text what it adds
     */
    record Token(@Nullable String eventId, String session, int index, String text) implements ServerMessage {}

    /**
     * What tokens went into a continuation.
     *
     * @param prompt those that the session had read and generated before
     * @param completion those that were generated
     */
    record Counts(long prompt, int completion) {}

    /**
     * A continuation is complete.
     *
     * @param text all of it, for whom no tokens were told; without the stop string
     * @param seed what it was drawn with
     */
    record Generated(
            @Nullable String eventId,
            String session,
            long seq,
            long durableSeq,
            @Nullable String text,
            FinishReason reason,
            Counts tokens,
            long seed)
            implements ServerMessage {}

    /** A forecast that was asked for. */
    record ForecastAnswered(
            @Nullable String eventId, String session, long seq, long durableSeq, Times times, Forecast forecast)
            implements ServerMessage {}

    /** The one answer to an observation that gets no forecast: all up to {@code seq} are applied. */
    record Acked(@Nullable String eventId, String session, long seq, long durableSeq) implements ServerMessage {}

    /** One session's part of the answer to a frame of many observations. */
    sealed interface PointAnswer {
        String session();
    }

    /** What follows one of many observations. Without a time: they have none. */
    record PointForecast(
            String session,
            long seq,
            long durableSeq,
            Forecast forecast,
            @Nullable Scored scored) implements PointAnswer {}

    /** The label that follows one of many observations. */
    record PointClassification(String session, long seq, long durableSeq, Labelled labelled) implements PointAnswer {}

    /** One of many observations was applied; its session gives no forecast after each. */
    record PointAck(String session, long seq, long durableSeq) implements PointAnswer {}

    /** Why one of many observations was not applied. */
    record PointError(String session, long seq, ProblemException problem) implements PointAnswer {}

    /** The one answer to a frame of many observations: an entry each, in any order. */
    record ForecastMany(@Nullable String eventId, List<? extends PointAnswer> answers) implements ServerMessage {}

    /**
     * How far sessions are durable by now; arrays, as there can be many.
     *
     * @param sessions the session of each
     * @param seqs the last observation that was applied, of each
     * @param durableSeqs the last observation that is durable, of each
     */
    record AckMany(String[] sessions, long[] seqs, long[] durableSeqs) implements ServerMessage {}

    record Forked(@Nullable String eventId, String session, String newSession, String token, long seq)
            implements ServerMessage {}

    /**
     * @param state opaque and signed, in base64url
     */
    record Snapshotted(@Nullable String eventId, String session, long seq, String state) implements ServerMessage {}

    record Restored(@Nullable String eventId, String session, long seq) implements ServerMessage {}

    record Rewound(@Nullable String eventId, String session, long seq) implements ServerMessage {}

    record WasReset(@Nullable String eventId, String session, long seq) implements ServerMessage {}

    /** The session is over, or no longer this client's. */
    record Closed(@Nullable String eventId, String session, long seq, CloseReason reason) implements ServerMessage {}

    record Pong(@Nullable String eventId) implements ServerMessage {}

    /**
     * The session is on another version from here on.
     *
     * @param replayed how many of its last observations were walked through the new version
     */
    record Switched(String session, int from, int to, long replayed) implements ServerMessage {}

    /**
     * @param session absent where several are meant
     * @param detail what happened, in words
     */
    record Warning(@Nullable String eventId, @Nullable String session, WarningCode code, String detail)
            implements ServerMessage {}

    /** The service ends soon: tokens stay valid, and sessions go on anywhere else. */
    record Draining(Instant deadline) implements ServerMessage {}

    /** What was asked for was not done. The connection goes on unless the problem ends it, and all sessions do anyway. */
    record Failed(@Nullable String eventId, @Nullable String session, ProblemException problem)
            implements ServerMessage {
        boolean isFatal() {
            return problem.type() == ProblemType.MESSAGE_TOO_LARGE;
        }
    }
}
