package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.BodyReader;
import io.foretide.series.JsonStreams;
import io.foretide.series.SeriesDefaults;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies of JSON: one document, the series in it as a stream. */
final class JsonBody {
    private final JsonMapper parsers = JsonMapper.builder(JsonStreams.factory()).build();
    private final HttpProperties properties;

    /** What an object holds: its series, if it has the field, and all else. */
    record Content<S>(@Nullable List<S> series, ObjectNode settings) {}

    JsonBody(HttpProperties properties) {
        this.properties = properties;
    }

    /** Reads an object without series. */
    ObjectNode readSettings(InputStream body) {
        return parse(body, parser -> object(parser, "", _ -> {}));
    }

    /** Reads an object whose series stand at the pointer. */
    <S> Content<S> read(BodyReader<S> reader, InputStream body, String pointer) {
        SeriesField<S> field = new SeriesField<>(reader, pointer, SeriesDefaults.NONE);
        ObjectNode settings = parse(body, parser -> object(parser, pointer, field::read));
        return new Content<>(field.series, settings);
    }

    /** What an object holds: its one series, if it has the field, and all else. */
    record ContentWithOne<S>(@Nullable S series, ObjectNode settings) {}

    /** Reads an object without series from text. */
    ObjectNode readSettings(String text) {
        return parse(parsers.createParser(text), parser -> object(parser, "", _ -> {}));
    }

    /** Reads an object with one series at the pointer from text. */
    <S> ContentWithOne<S> readOne(BodyReader<S> reader, String text, String pointer) {
        return readOne(reader, parsers.createParser(text), pointer);
    }

    /** Reads an object with one series at the pointer. */
    <S> ContentWithOne<S> readOne(BodyReader<S> reader, InputStream body, String pointer) {
        return readOne(reader, parsers.createParser(body), pointer);
    }

    private <S> ContentWithOne<S> readOne(BodyReader<S> reader, JsonParser source, String pointer) {
        List<S> series = new ArrayList<>(1);
        ObjectNode settings = parse(
                source,
                parser -> object(parser, pointer, at -> {
                    if (!at.hasToken(JsonToken.VALUE_NULL)) {
                        series.add(reader.readJsonObject(at, pointer));
                    }
                }));
        return new ContentWithOne<>(series.isEmpty() ? null : series.getFirst(), settings);
    }

    /** Reads a file of series alone: an array of them, or an object with nothing but the field {@code series}. */
    <S> List<S> readFile(BodyReader<S> reader, InputStream body, SeriesDefaults defaults) {
        return parse(body, parser -> {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return reader.readJson(parser, "", defaults);
            }
            SeriesField<S> field = new SeriesField<>(reader, "/series", defaults);
            ObjectNode others = object(parser, field.pointer, field::read);
            Findings findings = new Findings();
            others.propertyNames().forEach(name -> findings.add("/" + name, "is unknown in a file of series"));
            findings.throwAs(ProblemType.INVALID_REQUEST);
            if (field.series == null) {
                throw invalid(field.pointer, "is required");
            }
            return field.series;
        });
    }

    static ProblemException invalid(String pointer, String detail) {
        String subject = pointer.isEmpty() ? "The body" : pointer;
        return new ProblemException(ProblemType.INVALID_REQUEST, subject + " " + detail + ".").at(pointer, detail);
    }

    private ObjectNode object(JsonParser parser, String pointer, Consumer<JsonParser> series) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("", "must be a JSON object");
        }
        return new SettingsCollector(properties, pointer, series).collect(parser);
    }

    private <T> T parse(InputStream body, Function<JsonParser, T> content) {
        return parse(parsers.createParser(body), content);
    }

    private static <T> T parse(JsonParser source, Function<JsonParser, T> content) {
        try (JsonParser parser = source) {
            if (parser.nextToken() == null) {
                throw new ProblemException(
                        ProblemType.MALFORMED_BODY, "The body is empty. Send one JSON document in UTF-8.");
            }
            T value = content.apply(parser);
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "there is more after the end of the document");
            }
            return value;
        } catch (JacksonException e) {
            throw JsonStreams.malformed(e, "");
        }
    }

    /** The field that holds the series, and they themselves once it was met. */
    private static final class SeriesField<S> {
        private final BodyReader<S> reader;
        private final String pointer;
        private final SeriesDefaults defaults;
        private @Nullable List<S> series;

        SeriesField(BodyReader<S> reader, String pointer, SeriesDefaults defaults) {
            this.reader = reader;
            this.pointer = pointer;
            this.defaults = defaults;
        }

        void read(JsonParser parser) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw invalid(pointer, "must be a list of series");
            }
            series = reader.readJson(parser, pointer, defaults);
        }
    }
}
