package io.foretide.http;

import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemType;
import io.foretide.reading.DataReader;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads request bodies, and says everything that is wrong with them.
 *
 * <p>Data stream into memory once, whatever the form of the body; everything else is bound to a record.
 */
@Component
public final class RequestReader {
    private static final List<BodyFormat> WITH_TEXT = List.of(BodyFormat.values());
    private static final List<BodyFormat> WITHOUT_TEXT =
            List.of(BodyFormat.JSON, BodyFormat.CSV, BodyFormat.JSON_LINES, BodyFormat.MULTIPART);

    private final HttpProperties properties;
    private final RequestMemory memory;
    private final LimitedBody.Limit limit;
    private final JsonBody json;
    private final SettingsBinder binder;

    /**
     * What a request is read as: data in one of the fields, and the rest as the record, which says which field that is.
     */
    private record Form<D, S>(List<DataField<D>> fields, Class<S> settingsType, Function<S, DataField<D>> chosen) {
        /** The names of all query parameters that may come with rows. */
        List<String> parameters() {
            return fields.stream()
                    .flatMap(field -> field.reader().parameters().stream())
                    .distinct()
                    .toList();
        }
    }

    RequestReader(HttpProperties properties, RequestMemory memory, JsonMapper mapper, Validator validator) {
        this.properties = properties;
        this.memory = memory;
        this.limit = LimitedBody.Limit.of(properties, memory);
        this.json = new JsonBody(properties);
        this.binder = new SettingsBinder(new ScalarBinder(mapper), validator);
    }

    /**
     * Reads data and settings: a JSON object, a multipart body, or CSV or JSON Lines with settings in the query string.
     *
     * @param settingsType a record; its components without {@code @Nullable} are required
     */
    public <D, S> DataRequest<D, S> read(HttpServletRequest request, Class<S> settingsType, DataField<D> field) {
        return read(request, new Form<>(List.of(field), settingsType, _ -> field));
    }

    /**
     * As {@link #read(HttpServletRequest, Class, DataField)}, where the settings say which data there must be.
     *
     * @param fields all that there may be; the first is missed where none is there, and the settings say nothing
     */
    public <D, S> DataRequest<D, S> read(
            HttpServletRequest request,
            Class<S> settingsType,
            List<DataField<D>> fields,
            Function<S, DataField<D>> chosen) {
        return read(request, new Form<>(fields, settingsType, chosen));
    }

    private <D, S> DataRequest<D, S> read(HttpServletRequest request, Form<D, S> form) {
        boolean takesText =
                form.fields().stream().anyMatch(field -> field.reader().takesPlainText());
        BodyFormat format = BodyFormat.of(request.getContentType(), takesText ? WITH_TEXT : WITHOUT_TEXT);
        QueryParameters query = new QueryParameters(request);
        try {
            return switch (format) {
                case JSON -> readObject(body(request), query, form);
                case CSV, JSON_LINES, TEXT -> {
                    S settings = query.bind(form.settingsType(), binder, form.parameters());
                    DataReader<D> reader = reader(form, settings, query);
                    yield new DataRequest<>(readRows(format, reader, body(request)), settings);
                }
                case MULTIPART -> readParts(request, query, form);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What reads the data that go with the settings, by the parameters that go with those. */
    private static <D, S> DataReader<D> reader(Form<D, S> form, S settings, QueryParameters query) {
        DataReader<D> reader = form.chosen().apply(settings).reader();
        query.refuse(
                form.parameters().stream()
                        .filter(name -> !reader.parameters().contains(name))
                        .toList(),
                "says nothing of " + reader.name());
        return reader.with(query::value);
    }

    private static <D> D readRows(BodyFormat format, DataReader<D> reader, InputStream body) {
        return switch (format) {
            case CSV -> reader.readCsv(body);
            case JSON_LINES -> reader.readJsonLines(body);
            case TEXT -> {
                if (!reader.takesPlainText()) {
                    throw BodyFormat.unsupported("text/plain", WITHOUT_TEXT);
                }
                yield reader.readText(body);
            }
            case JSON, MULTIPART -> throw new IllegalStateException(format + " has no rows");
        };
    }

    /** Reads a JSON object that holds no data. */
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

    private <D, S> DataRequest<D, S> readObject(InputStream body, QueryParameters query, Form<D, S> form) {
        requireNoParameters(query);
        JsonBody.Content<D> content = json.read(body, form.fields());
        JsonBody.Found<D> found = content.found();
        Findings findings = new Findings();
        form.fields().stream()
                .map(DataField::pointer)
                .forEach(pointer -> removeEnvelope(content.settings(), pointer, form.settingsType(), findings));
        Optional<S> bound = binder.bind(content.settings(), form.settingsType(), findings);
        requireChosen(form, bound, found, findings);
        findings.throwAs(ProblemType.INVALID_REQUEST);
        return new DataRequest<>(Objects.requireNonNull(found).data(), bound.orElseThrow());
    }

    private static <D, S> void requireChosen(
            Form<D, S> form, Optional<S> settings, JsonBody.@Nullable Found<D> found, Findings findings) {
        String sent = found == null ? null : found.field().pointer();
        String otherwise = sent == null ? form.fields().getFirst().pointer() : sent;
        String needed = settings.map(form.chosen()).map(DataField::pointer).orElse(otherwise);
        if (sent == null) {
            findings.addFirst(needed, "is required");
        } else if (!sent.equals(needed)) {
            findings.add(sent, "is for another task: this one reads " + needed);
        }
    }

    /** The object around the data is no setting; only what else stands in it is told. */
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

    private <D, S> DataRequest<D, S> readParts(HttpServletRequest request, QueryParameters query, Form<D, S> form)
            throws IOException {
        MultipartBody parts = new MultipartBody(request);
        query.requireOnly(form.parameters(), "settings are fields of the part request");
        ObjectNode settings = null;
        SentFile early = null;
        DataRequest<D, S> read = null;
        for (MultipartBody.Part part = parts.next(); part != null; part = parts.next()) {
            SentFile file = new SentFile(part.contentType(), part.fileName(), part.content());
            if (!part.name().equals("data")) {
                settings = json.readSettings(part.content());
            } else if (settings != null) {
                read = readFile(file, settings, request, form);
            } else {
                early = keep(file, request);
            }
        }
        if (early != null) {
            read = readFile(early, settings == null ? JsonNodeFactory.instance.objectNode() : settings, request, form);
        }
        if (read == null) {
            throw JsonBody.invalid(
                    "",
                    "has no part data with the "
                            + form.fields().getFirst().reader().name());
        }
        return read;
    }

    /** A file whose form says how it is read. */
    private record SentFile(
            @Nullable String contentType, @Nullable String fileName, InputStream content) {
        boolean isCompressed() {
            return fileName != null && fileName.endsWith(".gz");
        }
    }

    /** What it is read as is told by settings that come behind it. */
    private SentFile keep(SentFile file, HttpServletRequest request) throws IOException {
        byte[] content = file.content().readAllBytes();
        memory.hold(request, content.length);
        return new SentFile(file.contentType(), file.fileName(), new ByteArrayInputStream(content));
    }

    private <D, S> DataRequest<D, S> readFile(
            SentFile file, ObjectNode settings, HttpServletRequest request, Form<D, S> form) {
        S bound = bind(settings, form.settingsType(), new Findings());
        DataReader<D> reader = reader(form, bound, new QueryParameters(request));
        RequestMemory.Share share = RequestMemory.of(request);
        InputStream content = file.isCompressed()
                ? new InflatedBody(file.content(), limit, properties.maxCompressionRatio(), share::holdBody)
                : file.content();
        BodyFormat format = BodyFormat.ofFile(file.contentType(), file.fileName());
        D data = format == BodyFormat.JSON ? json.readFile(content, reader) : readRows(format, reader, content);
        return new DataRequest<>(data, bound);
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
