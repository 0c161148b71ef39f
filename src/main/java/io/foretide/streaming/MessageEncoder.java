package io.foretide.streaming;

import io.foretide.problem.ProblemDocument;
import io.foretide.problem.ProblemException;
import io.foretide.series.Forecast;
import io.foretide.series.QuantileLevel;
import io.foretide.streaming.ServerMessage.PointAck;
import io.foretide.streaming.ServerMessage.PointAnswer;
import io.foretide.streaming.ServerMessage.PointClassification;
import io.foretide.streaming.ServerMessage.PointError;
import io.foretide.streaming.ServerMessage.PointForecast;
import io.foretide.streaming.ServerMessage.Times;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Makes JSON of messages. By hand: a mapper would take longer for a forecast than the network does. */
@Component
final class MessageEncoder {
    private static final int EXPECTED_LENGTH = 192;
    private static final int LENGTH_OF_A_NUMBER = 20;
    private static final int MOST_LEVELS_KEPT = 1000;

    /** Longer ones grow as they are written. */
    private static final int MOST_AT_ONCE = 1 << 20;

    private final ObjectWriter problems;
    private final String limits;
    private final Map<QuantileLevel, String> levels = new ConcurrentHashMap<>();

    MessageEncoder(JsonMapper mapper, SessionProperties properties, JournalProperties journal) {
        this.problems = mapper.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
        this.limits = limits(properties, journal);
    }

    private static String limits(SessionProperties properties, JournalProperties journal) {
        return new JsonText(EXPECTED_LENGTH)
                .object()
                .field("message_size", properties.maxMessageSize().toBytes())
                .field("message_rate", properties.maxMessageRate())
                .field("sessions_per_connection", properties.maxPerConnection())
                .field("horizon", properties.maxHorizon())
                .field("quantiles", properties.maxQuantiles())
                .field("kept_observations", journal.keptObservations())
                .field("jump", properties.maxJump())
                .field("text", properties.maxText())
                .field("tokens", properties.maxTokens())
                .endObject()
                .toString();
    }

    /** About how many characters a message will have; exact enough to bound memory by. */
    static long expectedLength(ServerMessage message) {
        return EXPECTED_LENGTH
                + switch (message) {
                    case ServerMessage.Forecasted answer -> length(answer.forecast());
                    case ServerMessage.ForecastAnswered answer -> length(answer.forecast());
                    case ServerMessage.Classified answer -> length(answer.labelled());
                    case ServerMessage.ClassificationAnswered answer -> length(answer.labelled());
                    case ServerMessage.Token token -> token.text().length();
                    case ServerMessage.Generated(var _, var _, var _, var _, String text, var _, var _, var _) ->
                        EXPECTED_LENGTH + (text == null ? 0 : text.length());
                    case ServerMessage.ForecastMany many -> length(many.answers());
                    case ServerMessage.AckMany many -> 64L * many.sessions().length;
                    case ServerMessage.Snapshotted answer -> answer.state().length();
                    case ServerMessage.Failed _ -> 2 * EXPECTED_LENGTH;
                    case ServerMessage.Opened _, ServerMessage.Resumed _ -> 2 * EXPECTED_LENGTH;
                    default -> 0L;
                };
    }

    private static long length(List<? extends PointAnswer> answers) {
        long length = 0;
        for (PointAnswer answer : answers) {
            length += EXPECTED_LENGTH
                    + switch (answer) {
                        case PointForecast point -> length(point.forecast());
                        case PointClassification point -> length(point.labelled());
                        case PointAck _, PointError _ -> 0L;
                    };
        }
        return length;
    }

    private static long length(Forecast forecast) {
        return (long) LENGTH_OF_A_NUMBER
                * forecast.horizon()
                * (1 + forecast.levels().size());
    }

    private static long length(Labelled labelled) {
        long length = 0;
        for (String label : labelled.labels()) {
            length += LENGTH_OF_A_NUMBER + label.length();
        }
        return length;
    }

    /** The JSON text of a message. */
    JsonText encode(ServerMessage message) {
        JsonText json = new JsonText((int) Math.min(MOST_AT_ONCE, expectedLength(message)))
                .object()
                .field("type", MessageTypes.of(message));
        switch (message) {
            case ServerMessage.Forecasted answer -> write(json, answer);
            case ServerMessage.ForecastAnswered answer -> {
                head(json, answer.eventId(), answer.session(), answer.seq()).field("durable_seq", answer.durableSeq());
                write(json, answer.times());
                write(json, answer.forecast());
            }
            case ServerMessage.Classified(var event, var session, long seq, long durable, var labelled) ->
                write(head(json, event, session, seq).field("durable_seq", durable), labelled);
            case ServerMessage.ClassificationAnswered(var event, var session, long seq, long durable, var labelled) ->
                write(head(json, event, session, seq).field("durable_seq", durable), labelled);
            case ServerMessage.Token(String event, String session, int index, String text) ->
                json.optional("event_id", event)
                        .field("session", session)
                        .field("index", index)
                        .field("text", text);
            case ServerMessage.Generated answer -> write(json, answer);
            case ServerMessage.Acked answer ->
                head(json, answer.eventId(), answer.session(), answer.seq()).field("durable_seq", answer.durableSeq());
            case ServerMessage.ForecastMany answer -> write(json, answer);
            case ServerMessage.AckMany answer -> write(json, answer);
            case ServerMessage.Opened answer -> write(json, answer);
            case ServerMessage.Resumed answer -> write(json, answer);
            case ServerMessage.Forked answer ->
                head(json, answer.eventId(), answer.session(), answer.seq())
                        .field("new_session", answer.newSession())
                        .field("token", answer.token());
            case ServerMessage.Snapshotted answer ->
                head(json, answer.eventId(), answer.session(), answer.seq()).field("state", answer.state());
            case ServerMessage.Restored answer -> head(json, answer.eventId(), answer.session(), answer.seq());
            case ServerMessage.Rewound answer -> head(json, answer.eventId(), answer.session(), answer.seq());
            case ServerMessage.WasReset answer -> head(json, answer.eventId(), answer.session(), answer.seq());
            case ServerMessage.Closed answer ->
                head(json, answer.eventId(), answer.session(), answer.seq()).field("reason", word(answer.reason()));
            case ServerMessage.Pong(String eventId) -> json.optional("event_id", eventId);
            case ServerMessage.Switched(String session, int from, int to, long replayed) ->
                json.field("session", session)
                        .field("from", from)
                        .field("to", to)
                        .field("replayed", replayed);
            case ServerMessage.Warning(String eventId, String session, WarningCode code, String detail) ->
                json.optional("event_id", eventId)
                        .optional("session", session)
                        .field("code", word(code))
                        .field("detail", detail);
            case ServerMessage.Draining(var deadline) -> json.field("deadline", deadline.toString());
            case ServerMessage.Failed failed -> write(json, failed);
        }
        return json.endObject();
    }

    private void write(JsonText json, ServerMessage.Opened answer) {
        head(json, answer.eventId(), answer.session(), answer.seq())
                .field("model", answer.model())
                .field("version", answer.version())
                .field("token", answer.token())
                .name("limits")
                .raw(limits);
    }

    private void write(JsonText json, ServerMessage.Resumed answer) {
        head(json, answer.eventId(), answer.session(), answer.seq())
                .field("durable_seq", answer.durableSeq())
                .field("model", answer.model())
                .field("version", answer.version())
                .field("token", answer.token())
                .name("limits")
                .raw(limits);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonText head(JsonText json, @Nullable String eventId, String session, long seq) {
        return json.optional("event_id", eventId).field("session", session).field("seq", seq);
    }

    private void write(JsonText json, ServerMessage.Forecasted answer) {
        head(json, answer.eventId(), answer.session(), answer.seq()).field("durable_seq", answer.durableSeq());
        write(json, answer.times());
        write(json, answer.forecast());
        write(json, answer.scored());
    }

    private static void write(JsonText json, Times times) {
        var timeline = times.timeline();
        var frequency = times.frequency();
        json.optional("start", timeline == null ? null : timeline.labelOf(times.step()))
                .optional("freq", frequency == null ? null : frequency.spelling());
    }

    private void write(JsonText json, Forecast forecast) {
        json.name("mean").numbers(forecast.mean());
        json.name("quantiles").object();
        for (int i = 0; i < forecast.levels().size(); i++) {
            json.name(name(forecast.levels().get(i))).numbers(forecast.quantiles()[i]);
        }
        json.endObject();
    }

    private static void write(JsonText json, Labelled labelled) {
        json.field("label", labelled.classification().label())
                .name("probabilities")
                .object();
        double[] probabilities = labelled.classification().probabilities();
        for (int i = 0; i < probabilities.length; i++) {
            json.anyName(labelled.labels().get(i)).number(probabilities[i]);
        }
        json.endObject();
    }

    private static void write(JsonText json, ServerMessage.Generated answer) {
        head(json, answer.eventId(), answer.session(), answer.seq())
                .field("durable_seq", answer.durableSeq())
                .optional("text", answer.text())
                .field("finish_reason", word(answer.reason()))
                .name("tokens")
                .object()
                .field("prompt", answer.tokens().prompt())
                .field("completion", answer.tokens().completion())
                .endObject()
                .field("seed", answer.seed());
    }

    /** The shortest decimal of a level takes longer to find than all the rest of an answer. */
    private String name(QuantileLevel level) {
        String known = levels.get(level);
        if (known != null) {
            return known;
        }
        String name = level.toString();
        if (levels.size() < MOST_LEVELS_KEPT) {
            levels.put(level, name);
        }
        return name;
    }

    private static void write(JsonText json, @Nullable Scored scored) {
        if (scored != null) {
            json.name("scored")
                    .object()
                    .field("expected", scored.expected())
                    .field("error", scored.error())
                    .field("percentile", scored.percentile())
                    .flag("anomaly", scored.anomaly())
                    .field("coverage", scored.coverage())
                    .endObject();
        }
    }

    private void write(JsonText json, ServerMessage.ForecastMany many) {
        json.optional("event_id", many.eventId()).name("forecasts").array();
        int errors = 0;
        for (PointAnswer answer : many.answers()) {
            switch (answer) {
                case PointForecast(var session, var seq, var durableSeq, var forecast, var scored) -> {
                    head(json.object(), null, session, seq).field("durable_seq", durableSeq);
                    write(json, forecast);
                    write(json, scored);
                    json.endObject();
                }
                case PointClassification(var session, var seq, var durableSeq, var labelled) -> {
                    head(json.object(), null, session, seq).field("durable_seq", durableSeq);
                    write(json, labelled);
                    json.endObject();
                }
                case PointAck(var session, var seq, var durableSeq) ->
                    head(json.object(), null, session, seq)
                            .field("durable_seq", durableSeq)
                            .endObject();
                case PointError _ -> errors++;
            }
        }
        json.endArray().name("errors").array();
        if (errors > 0) {
            writeErrors(json, many.answers());
        }
        json.endArray();
    }

    private void writeErrors(JsonText json, List<? extends PointAnswer> answers) {
        for (PointAnswer answer : answers) {
            if (answer instanceof PointError(var session, var seq, var problem)) {
                head(json.object(), null, session, seq)
                        .name("error")
                        .raw(document(problem))
                        .endObject();
            }
        }
    }

    private static void write(JsonText json, ServerMessage.AckMany many) {
        json.name("acks").array();
        for (int i = 0; i < many.sessions().length; i++) {
            json.array()
                    .string(many.sessions()[i])
                    .number(many.seqs()[i])
                    .number(many.durableSeqs()[i])
                    .endArray();
        }
        json.endArray();
    }

    private void write(JsonText json, ServerMessage.Failed failed) {
        json.optional("event_id", failed.eventId())
                .optional("session", failed.session())
                .flag("fatal", failed.isFatal())
                .name("error")
                .raw(document(failed.problem()));
    }

    /** There is no header to say when to come back: the document says so. */
    private String document(ProblemException problem) {
        Map<String, Object> document = ProblemDocument.of(problem);
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            document.put("retry_after", Math.max(1, (retryAfter.toMillis() + 999) / 1000));
        }
        return problems.writeValueAsString(document);
    }
}
