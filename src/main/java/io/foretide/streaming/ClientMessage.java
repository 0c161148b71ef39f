package io.foretide.streaming;

import io.foretide.generation.SamplingOptions;
import io.foretide.registry.ModelReference;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeSeries;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client says. All that can be known to be wrong without the session was found wrong before. */
sealed interface ClientMessage {
    /** What the name of a session looks like: it is part of addresses. */
    String NAME = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}";

    String NAME_ADVICE =
            "must have 1 to 100 characters: letters, digits, '.', '_', ':' and '-', and start with a letter or a digit";

    int LONGEST_EVENT_ID = 256;

    /** The client's name for this message, which its answer or its error carries. */
    @Nullable
    String eventId();

    /** The session that it is about; null where the message names none, or many. */
    @Nullable
    String session();

    /**
     * Begins a session.
     *
     * @param session its name; the service chooses one where absent
     * @param horizon of its forecasts; the model's where absent
     * @param quantiles the levels of its forecasts, ascending; the model's where absent
     * @param series what to walk first, perhaps of no observation: start, frequency, zone and static covariates stay
     * @param seed of sampling, for models that sample
     * @param ttl how long the session is kept after its last use; the longest where absent
     */
    record Open(
            @Nullable String eventId,
            @Nullable String session,
            ModelReference model,
            @Nullable Integer horizon,
            @Nullable List<QuantileLevel> quantiles,
            Emit emit,
            VersionPolicy onVersion,
            @Nullable TimeSeries series,
            @Nullable Long seed,
            @Nullable Duration ttl)
            implements ClientMessage {}

    /**
     * Goes on with a session: it belongs to whoever says so last.
     *
     * @param token what the session was opened with
     * @param lastSeq the count of the last observation that the client knows to be applied
     */
    record Resume(
            @Size(max = LONGEST_EVENT_ID) @Nullable String eventId,
            String token,
            @PositiveOrZero @Nullable Long lastSeq)
            implements ClientMessage {
        @Override
        public @Nullable String session() {
            return null;
        }
    }

    /** One more observation. */
    record Observe(@Nullable String eventId, Observation observation) implements ClientMessage {
        @Override
        public String session() {
            return observation.session();
        }
    }

    /**
     * A piece of text to walk on in.
     *
     * @param text cut anywhere: only the whole of all pieces counts
     */
    record Text(@Nullable String eventId, String session, long seq, String text) implements ClientMessage {}

    /** One more observation of many sessions. */
    record ObserveMany(@Nullable String eventId, Points points) implements ClientMessage {
        @Override
        public @Nullable String session() {
            return null;
        }
    }

    /**
     * Asks for a forecast from where the session stands.
     *
     * @param horizon the session's where absent
     * @param quantiles ascending; the session's where absent
     * @param future covariates of the steps to forecast, by name; of what is absent, those that came with the last observation
     */
    record AskForecast(
            @Nullable String eventId,
            String session,
            @Nullable Integer horizon,
            @Nullable List<QuantileLevel> quantiles,
            Map<String, double[]> future)
            implements ClientMessage {}

    /** Asks for the label of what the session has walked. */
    record AskClassification(
            @Size(max = LONGEST_EVENT_ID) @Nullable String eventId, String session) implements ClientMessage {}

    /**
     * Asks for a continuation, which the session walks on in.
     *
     * @param seq the count that it is to have; without it the next one
     * @param maxTokens where it ends at the latest; 200 where absent
     * @param temperature 0 takes the most likely token each time; 1 where absent
     * @param topK only so many of the most likely tokens are drawn from; all where it is 0 or absent
     * @param topP only the most likely tokens that together have this probability are drawn from; all where absent
     * @param seed the session's where absent, and drawn where that has none
     * @param stop the continuation ends before the first of these
     */
    record Generate(
            @Size(max = LONGEST_EVENT_ID) @Nullable String eventId,
            String session,
            @Positive @Nullable Long seq,
            @PositiveOrZero @Nullable Integer maxTokens,
            @PositiveOrZero @DecimalMax("100") @Nullable Double temperature,
            @PositiveOrZero @Nullable Integer topK,
            @Positive @DecimalMax("1") @Nullable Double topP,
            @Nullable Long seed,

            @Size(max = SamplingOptions.MOST_STOPS) @Nullable
            List<@NotNull @Size(min = 1, max = SamplingOptions.LONGEST_STOP) String> stop)
            implements ClientMessage {}

    /** Ends the continuation that was asked for under that name. */
    record Cancel(@Size(max = LONGEST_EVENT_ID) String eventId) implements ClientMessage {
        @Override
        public @Nullable String session() {
            return null;
        }
    }

    /** Begins another session in the state of this one. */
    record Fork(
            @Size(max = LONGEST_EVENT_ID) @Nullable String eventId,
            String session,

            @Pattern(regexp = NAME, message = NAME_ADVICE) @Nullable
            String newSession)
            implements ClientMessage {}

    /** Goes back to the state right after an observation. */
    record Rewind(
            @Size(max = LONGEST_EVENT_ID) @Nullable String eventId,
            String session,
            @PositiveOrZero long toSeq) implements ClientMessage {}

    /** Begins anew: nothing is observed. */
    record Reset(@Size(max = LONGEST_EVENT_ID) @Nullable String eventId, String session) implements ClientMessage {}

    /** Asks for the state, to be restored later or elsewhere. */
    record Snapshot(@Size(max = LONGEST_EVENT_ID) @Nullable String eventId, String session) implements ClientMessage {}

    /** Puts the session in a state that a snapshot told. */
    record Restore(@Size(max = LONGEST_EVENT_ID) @Nullable String eventId, String session, String state)
            implements ClientMessage {}

    /** Ends the session for good. */
    record Close(@Size(max = LONGEST_EVENT_ID) @Nullable String eventId, String session) implements ClientMessage {}

    /** Asks whether anybody is there. */
    record Ping(@Size(max = LONGEST_EVENT_ID) @Nullable String eventId) implements ClientMessage {
        @Override
        public @Nullable String session() {
            return null;
        }
    }
}
