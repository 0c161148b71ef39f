package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.TimeSeries;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON messages of a connection, as strictly as {@link RequestReader} reads bodies. */
@Component
public final class JsonMessages {
    private static final String SERIES = "/series";

    private final SeriesReader series;
    private final JsonBody json;
    private final SettingsBinder binder;

    /** A message in which one series may stand, under {@code series}, and everything else of it. */
    public record WithSeries<T>(T settings, @Nullable TimeSeries series) {}

    JsonMessages(SeriesLimits limits, HttpProperties properties, JsonMapper mapper, Validator validator) {
        this.series = new SeriesReader(limits);
        this.json = new JsonBody(properties);
        this.binder = new SettingsBinder(new ScalarBinder(mapper), validator);
    }

    /**
     * Reads a message whose field {@code type} has said already what it is.
     *
     * @param type a record; its components without {@code @Nullable} are required
     */
    public <T> T read(String message, Class<T> type) {
        return bind(withoutType(json.readSettings(message)), type);
    }

    /** As {@link #read(String, Class)}, and may hold a series. */
    public <T> WithSeries<T> readWithSeries(String message, Class<T> type) {
        JsonBody.ContentWithOne<TimeSeries> content = json.readOne(series, message, SERIES);
        return new WithSeries<>(bind(withoutType(content.settings()), type), content.series());
    }

    /** Reads the body of a request that may hold a series. */
    public <T> WithSeries<T> readWithSeries(HttpServletRequest request, Class<T> type) {
        BodyFormat.of(request.getContentType(), List.of(BodyFormat.JSON));
        try {
            JsonBody.ContentWithOne<TimeSeries> content = json.readOne(series, request.getInputStream(), SERIES);
            return new WithSeries<>(bind(content.settings(), type), content.series());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The body of a request that is one JSON text, unread.
     *
     * @param mostBytes those that it may have
     * @throws ProblemException {@code MESSAGE_TOO_LARGE} or {@code MALFORMED_BODY}
     */
    public String text(HttpServletRequest request, long mostBytes) {
        BodyFormat.of(request.getContentType(), List.of(BodyFormat.JSON));
        try {
            byte[] bytes = request.getInputStream().readNBytes((int) mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw new ProblemException(
                                ProblemType.MESSAGE_TOO_LARGE,
                                "The body has more than %d bytes. Send less in one, or raise foretide.sessions.max-message-size."
                                        .formatted(mostBytes))
                        .with("limit", mostBytes);
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemType.MALFORMED_BODY, "The body is not valid UTF-8.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode withoutType(ObjectNode message) {
        message.remove("type");
        return message;
    }

    private <T> T bind(ObjectNode settings, Class<T> type) {
        Findings findings = new Findings();
        var bound = binder.bind(settings, type, findings);
        findings.throwAs(ProblemType.INVALID_REQUEST);
        return bound.orElseThrow();
    }
}
