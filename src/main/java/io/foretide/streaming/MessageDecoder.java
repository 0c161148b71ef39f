package io.foretide.streaming;

import static io.foretide.problem.JsonPointers.child;
import static io.foretide.streaming.SessionProblems.invalid;

import io.foretide.http.JsonMessages;
import io.foretide.problem.ProblemException;
import io.foretide.reading.JsonStreams;
import io.foretide.registry.ModelReference;
import io.foretide.series.QuantileLevel;
import io.foretide.series.SeriesLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** Makes messages of JSON, and says what is wrong with those that are none. */
@Component
final class MessageDecoder {
    private static final String TYPE = "type";

    /** Few threads read all messages, and each keeps buffers of its own. */
    private final JsonFactory parsers = JsonStreams.factory()
            .rebuild()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    private final JsonMessages messages;
    private final SessionProperties properties;
    private final ObservationReader observations;

    MessageDecoder(JsonMessages messages, SeriesLimits limits, SessionProperties properties) {
        this.messages = messages;
        this.properties = properties;
        this.observations = new ObservationReader(limits.covariates(), properties.maxHorizon() + 1);
    }

    /** What opens a session, beside its series. */
    record Opening(
            @Size(max = ClientMessage.LONGEST_EVENT_ID) @Nullable
            String eventId,

            @Pattern(regexp = ClientMessage.NAME, message = ClientMessage.NAME_ADVICE) @Nullable
            String session,

            String model,
            @Positive @Nullable Integer horizon,

            @Size(min = 1, message = "must hold a level, or be left out") @Nullable
            List<@NotNull QuantileLevel> quantiles,

            @Nullable Emit emit,
            @Nullable VersionPolicy onVersion,
            @Nullable Long seed,
            @Nullable Duration ttl) {}

    /**
     * Reads a message.
     *
     * @throws Undecodable if it is none
     */
    ClientMessage decode(String text) throws Undecodable {
        try {
            return read(text);
        } catch (JacksonException e) {
            throw Undecodable.of(text, JsonStreams.malformed(e, ""));
        } catch (ProblemException e) {
            throw Undecodable.of(text, e);
        }
    }

    /** Reads the body of a request that opens a session. */
    ClientMessage.Open open(HttpServletRequest request) {
        return open(messages.readWithSeries(request, Opening.class));
    }

    /** Reads a body with one observation of a session, or a list of them. */
    List<ClientMessage> observations(String session, String body) {
        try (JsonParser parser = parser(body)) {
            List<ClientMessage> list = new ArrayList<>();
            switch (parser.nextToken()) {
                case START_OBJECT -> list.add(observations.readEither(parser, session, ""));
                case START_ARRAY -> {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        String pointer = child("", list.size());
                        requireObject(parser, pointer);
                        list.add(observations.readEither(parser, session, pointer));
                    }
                }
                case null, default -> throw invalid("", "must be an observation, or a list of them");
            }
            requireEnd(parser);
            return list;
        } catch (JacksonException e) {
            throw JsonStreams.malformed(e, "");
        }
    }

    /** Reads a body that asks a session for a forecast. */
    ClientMessage.AskForecast forecast(String session, String body) {
        try (JsonParser parser = parser(body)) {
            parser.nextToken();
            requireObject(parser, "");
            var asked = readForecast(parser, session);
            requireEnd(parser);
            return asked;
        } catch (JacksonException e) {
            throw JsonStreams.malformed(e, "");
        }
    }

    private JsonParser parser(String text) {
        return parsers.createParser(ObjectReadContext.empty(), text);
    }

    private ClientMessage read(String text) {
        try (JsonParser parser = parser(text)) {
            parser.nextToken();
            requireObject(parser, "");
            // Clients that are not out to be slow send the type first; of others it is looked for.
            if (TYPE.equals(parser.nextName())) {
                parser.nextToken();
                return read(ObservationReader.text(parser, "", TYPE), parser, text);
            }
        }
        String type = Undecodable.field(text, TYPE);
        if (type == null) {
            throw invalid("/type", "is required, and must be text");
        }
        try (JsonParser parser = parser(text)) {
            parser.nextToken();
            return read(type, parser, text);
        }
    }

    /** Reads on behind the type or, where that is not first, from the start. */
    private ClientMessage read(String type, JsonParser parser, String text) {
        return switch (type) {
            case "observe" -> ended(observations.readObservation(parser), parser);
            case "text" -> ended(observations.readText(parser), parser);
            case "observe.many" -> ended(readMany(parser), parser);
            case "forecast" -> ended(readForecast(parser, null), parser);
            case "classify" -> messages.read(text, ClientMessage.AskClassification.class);
            case "generate" -> messages.read(text, ClientMessage.Generate.class);
            case "cancel" -> messages.read(text, ClientMessage.Cancel.class);
            case "session.open" -> open(messages.readWithSeries(text, Opening.class));
            case "session.resume" -> messages.read(text, ClientMessage.Resume.class);
            case "session.fork" -> messages.read(text, ClientMessage.Fork.class);
            case "session.rewind" -> messages.read(text, ClientMessage.Rewind.class);
            case "session.reset" -> messages.read(text, ClientMessage.Reset.class);
            case "session.snapshot" -> messages.read(text, ClientMessage.Snapshot.class);
            case "session.restore" -> messages.read(text, ClientMessage.Restore.class);
            case "session.close" -> messages.read(text, ClientMessage.Close.class);
            case "ping" -> messages.read(text, ClientMessage.Ping.class);
            default -> throw invalid("/type", "is unknown; known here: " + String.join(", ", MessageTypes.OF_CLIENTS));
        };
    }

    private ClientMessage.Open open(JsonMessages.WithSeries<Opening> message) {
        Opening opening = message.settings();
        requireHorizon(opening.horizon());
        return new ClientMessage.Open(
                opening.eventId(),
                opening.session(),
                ModelReference.parse(opening.model(), "/model"),
                opening.horizon(),
                levels(opening.quantiles()),
                opening.emit() == null ? Emit.EACH : opening.emit(),
                opening.onVersion() == null ? VersionPolicy.PIN : opening.onVersion(),
                message.series(),
                opening.seed(),
                ttl(opening.ttl()));
    }

    private ClientMessage.ObserveMany readMany(JsonParser parser) {
        String eventId = null;
        Points points = null;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "event_id" -> eventId = ObservationReader.eventId(parser, "", name);
                case "points" -> points = observations.readPoints(parser);
                case TYPE -> {}
                default -> throw invalid(child("", name), "is unknown; known here: event_id, points");
            }
        }
        if (points == null) {
            throw invalid("/points", "is required");
        }
        return new ClientMessage.ObserveMany(eventId, points);
    }

    /** Reads what is asked of a forecast up to the end of the object. */
    private ClientMessage.AskForecast readForecast(JsonParser parser, @Nullable String given) {
        String session = given;
        String eventId = null;
        Integer horizon = null;
        List<QuantileLevel> quantiles = null;
        Map<String, double[]> future = Map.of();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            String place = child("", name);
            switch (name) {
                case "event_id" -> eventId = ObservationReader.eventId(parser, "", name);
                case "horizon" -> horizon = horizon(parser);
                case "quantiles" -> quantiles = quantiles(parser);
                case "future" -> future = observations.readFuture(parser, place);
                case "session", TYPE -> {
                    if (given != null) {
                        throw invalid(place, "is unknown here; the address says it");
                    }
                    session = name.equals(TYPE) ? session : ObservationReader.text(parser, "", name);
                }
                default ->
                    throw invalid(place, "is unknown; known here: event_id, session, horizon, quantiles, future");
            }
        }
        if (session == null) {
            throw invalid("/session", "is required");
        }
        return new ClientMessage.AskForecast(eventId, session, horizon, quantiles, future);
    }

    private @Nullable Integer horizon(JsonParser parser) {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        boolean isInt =
                parser.hasToken(JsonToken.VALUE_NUMBER_INT) && parser.getNumberType() == JsonParser.NumberType.INT;
        if (!isInt || parser.getIntValue() < 1) {
            throw invalid("/horizon", "must be a whole number from 1 to " + properties.maxHorizon());
        }
        requireHorizon(parser.getIntValue());
        return parser.getIntValue();
    }

    private void requireHorizon(@Nullable Integer horizon) {
        if (horizon != null && horizon > properties.maxHorizon()) {
            throw invalid("/horizon", "must be at most %d, was %d".formatted(properties.maxHorizon(), horizon));
        }
    }

    private @Nullable List<QuantileLevel> quantiles(JsonParser parser) {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw invalid("/quantiles", "must be a list of levels between 0 and 1");
        }
        List<QuantileLevel> levels = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String place = child("/quantiles", levels.size());
            boolean isNumber = parser.currentToken().isNumeric();
            if (!isNumber || !(parser.getDoubleValue() > 0 && parser.getDoubleValue() < 1)) {
                throw invalid(place, "must be a number between 0 and 1");
            }
            levels.add(new QuantileLevel(parser.getDoubleValue()));
            requireFew(levels);
        }
        if (levels.isEmpty()) {
            throw invalid("/quantiles", "must hold a level, or be left out");
        }
        return levels(levels);
    }

    private @Nullable List<QuantileLevel> levels(@Nullable List<QuantileLevel> asked) {
        if (asked == null) {
            return null;
        }
        requireFew(asked);
        return asked.stream().distinct().sorted().toList();
    }

    private void requireFew(List<QuantileLevel> levels) {
        if (levels.size() > properties.maxQuantiles()) {
            throw invalid("/quantiles", "must hold at most " + properties.maxQuantiles() + " levels");
        }
    }

    private @Nullable Duration ttl(@Nullable Duration asked) {
        boolean fits = asked == null || (asked.isPositive() && asked.compareTo(properties.ttl()) <= 0);
        if (!fits) {
            throw invalid("/ttl", "must lie between PT0.001S and %s, was %s".formatted(properties.ttl(), asked));
        }
        return asked;
    }

    private static ClientMessage ended(ClientMessage message, JsonParser parser) {
        requireEnd(parser);
        return message;
    }

    private static void requireEnd(JsonParser parser) {
        if (parser.nextToken() != null) {
            throw new StreamReadException(parser, "there is more after the end of the message");
        }
    }

    private static void requireObject(JsonParser parser, String pointer) {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw invalid(pointer, "must be a JSON object");
        }
    }
}
