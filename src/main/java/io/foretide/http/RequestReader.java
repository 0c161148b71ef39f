package io.foretide.http;

import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemType;
import io.foretide.series.BodyReader;
import io.foretide.series.SentSeries;
import io.foretide.series.SentSeriesReader;
import io.foretide.series.SeriesDefaults;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.TimeSeries;
import io.foretide.series.TracedSeries;
import io.foretide.series.TracedSeriesReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads request bodies, and says everything that is wrong with them.
 *
 * <p>Series stream into memory once, whatever the form of the body; everything else is bound to a record.
 */
@Component
public final class RequestReader {
    private static final List<BodyFormat> ALL = List.of(BodyFormat.values());

    private final SeriesReader series;
    private final TracedSeriesReader traced;
    private final SentSeriesReader sent;
    private final HttpProperties properties;
    private final LimitedBody.Limit limit;
    private final JsonBody json;
    private final SettingsBinder binder;

    /** What a request is read as: series by the reader, and the rest as the record. */
    private record Form<S, T>(BodyReader<S> reader, Class<T> settingsType, String pointer) {}

    RequestReader(
            SeriesLimits limits,
            HttpProperties properties,
            RequestMemory memory,
            JsonMapper mapper,
            Validator validator) {
        this.series = new SeriesReader(limits);
        this.traced = new TracedSeriesReader(limits);
        this.sent = new SentSeriesReader(limits);
        this.properties = properties;
        this.limit = LimitedBody.Limit.of(properties, memory);
        this.json = new JsonBody(properties);
        this.binder = new SettingsBinder(new ScalarBinder(mapper), validator);
    }

    /**
     * Reads series and settings: a JSON object, a multipart body, or CSV or JSON Lines with settings in the query string.
     *
     * @param settingsType a record; its components without {@code @Nullable} are required
     * @param pointer where the series stand in a JSON object, such as {@code /series}
     */
    public <T> SeriesRequest<TimeSeries, T> read(HttpServletRequest request, Class<T> settingsType, String pointer) {
        return read(request, new Form<>(series, settingsType, pointer));
    }

    /** As {@link #read}, and keeps what was read, to tell what was made of it. */
    public <T> SeriesRequest<TracedSeries, T> readTraced(
            HttpServletRequest request, Class<T> settingsType, String pointer) {
        return read(request, new Form<>(traced, settingsType, pointer));
    }

    /** As {@link #read}, and takes series that cannot be trained on, as long as they are series. */
    public <T> SeriesRequest<SentSeries, T> readAsSent(
            HttpServletRequest request, Class<T> settingsType, String pointer) {
        return read(request, new Form<>(sent, settingsType, pointer));
    }

    private <S, T> SeriesRequest<S, T> read(HttpServletRequest request, Form<S, T> form) {
        BodyFormat format = BodyFormat.of(request.getContentType(), ALL);
        QueryParameters query = new QueryParameters(request);
        try {
            return switch (format) {
                case JSON -> readObject(body(request), query, form);
                case CSV -> {
                    T settings = query.bind(form.settingsType(), binder);
                    yield new SeriesRequest<>(form.reader().readCsv(body(request), query.defaults()), settings);
                }
                case JSON_LINES -> {
                    T settings = query.bind(form.settingsType(), binder);
                    yield new SeriesRequest<>(form.reader().readJsonLines(body(request), query.defaults()), settings);
                }
                case MULTIPART -> readParts(request, query, form);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a JSON object that holds no series. */
    public <T> T readJson(HttpServletRequest request, Class<T> type) {
        BodyFormat.of(request.getContentType(), List.of(BodyFormat.JSON));
        requireNoParameters(new QueryParameters(request));
        try {
            return bind(json.readSettings(body(request)), type, new Findings());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #readJson}, where the body may be left out. */
    public <T> Optional<T> readJsonIfSent(HttpServletRequest request, Class<T> type) {
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            return Optional.of(readJson(request, type));
        }
        requireNoParameters(new QueryParameters(request));
        return Optional.empty();
    }

    private <S, T> SeriesRequest<S, T> readObject(InputStream body, QueryParameters query, Form<S, T> form) {
        requireNoParameters(query);
        JsonBody.Content<S> content = json.read(form.reader(), body, form.pointer());
        Findings findings = new Findings();
        if (content.series() == null) {
            findings.add(form.pointer(), "is required");
        }
        removeEnvelope(content.settings(), form.pointer(), form.settingsType(), findings);
        T settings = bind(content.settings(), form.settingsType(), findings);
        return new SeriesRequest<>(Objects.requireNonNull(content.series()), settings);
    }

    /** The object around the series is no setting; only what else stands in it is told. */
    private static void removeEnvelope(ObjectNode settings, String pointer, Class<?> settingsType, Findings findings) {
        int end = pointer.indexOf('/', 1);
        if (end < 0) {
            return;
        }
        String envelope = pointer.substring(1, end);
        List<String> known = Stream.of(settingsType.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        JsonNode content = known.contains(envelope) ? null : settings.remove(envelope);
        if (content != null) {
            content.propertyNames()
                    .forEach(name -> findings.add(JsonPointers.child("/" + envelope, name), "is unknown"));
        }
    }

    private <S, T> SeriesRequest<S, T> readParts(HttpServletRequest request, QueryParameters query, Form<S, T> form)
            throws IOException {
        MultipartBody parts = new MultipartBody(request);
        query.requireOnlyDefaults();
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        List<S> data = null;
        for (MultipartBody.Part part = parts.next(); part != null; part = parts.next()) {
            if (part.name().equals("data")) {
                data = readFile(form.reader(), part, query.defaults(), RequestMemory.of(request));
            } else {
                settings = json.readSettings(part.content());
            }
        }
        if (data == null) {
            throw JsonBody.invalid("", "has no part data with the series");
        }
        return new SeriesRequest<>(data, bind(settings, form.settingsType(), new Findings()));
    }

    private <S> List<S> readFile(
            BodyReader<S> reader, MultipartBody.Part part, SeriesDefaults defaults, RequestMemory.Share share) {
        InputStream content = isCompressed(part)
                ? new InflatedBody(part.content(), limit, properties.maxCompressionRatio(), share::holdBody)
                : part.content();
        return switch (BodyFormat.ofFile(part.contentType(), part.fileName())) {
            case JSON -> json.readFile(reader, content, defaults);
            case CSV -> reader.readCsv(content, defaults);
            case JSON_LINES -> reader.readJsonLines(content, defaults);
            case MULTIPART -> throw new IllegalStateException("a file is not multipart");
        };
    }

    private static boolean isCompressed(MultipartBody.Part part) {
        return part.fileName() != null && part.fileName().endsWith(".gz");
    }

    private <T> T bind(ObjectNode settings, Class<T> type, Findings findings) {
        Optional<T> bound = binder.bind(settings, type, findings);
        findings.throwAs(ProblemType.INVALID_REQUEST);
        return bound.orElseThrow();
    }

    private static void requireNoParameters(QueryParameters query) {
        query.requireOnly(List.of(), "settings are fields of the body");
    }

    private static InputStream body(HttpServletRequest request) throws IOException {
        return request.getInputStream();
    }
}
