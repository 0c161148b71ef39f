package io.foretide.http;

import static java.util.stream.Collectors.toMap;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.DataReader;
import io.foretide.reading.JsonStreams;
import io.foretide.series.BodyReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads bodies of JSON: one document, the data in it as a stream. */
final class JsonBody {
    private final JsonMapper parsers = JsonMapper.builder(JsonStreams.factory()).build();
    private final HttpProperties properties;

    /** Data that stood in an object, and where. */
    record Found<D>(DataField<D> field, D data) {}

    /** What an object holds: its data, if it has one of the fields, and all else. */
    record Content<D>(@Nullable Found<D> found, ObjectNode settings) {}

    JsonBody(HttpProperties properties) {
        this.properties = properties;
    }

    /** Reads an object without data. */
    ObjectNode readSettings(InputStream body) {
        return parse(body, parser -> object(parser, Map.of()));
    }

    /** Reads an object whose data stand in one of the fields. */
    <D> Content<D> read(InputStream body, List<DataField<D>> fields) {
        FoundData<D> data = new FoundData<>();
        ObjectNode settings = parse(body, parser -> object(parser, data.takers(fields)));
        return new Content<>(data.found, settings);
    }

    /** What an object holds: its one series, if it has the field, and all else. */
    record ContentWithOne<S>(@Nullable S series, ObjectNode settings) {}

    /** Reads an object without series from text. */
    ObjectNode readSettings(String text) {
        return parse(parsers.createParser(text), parser -> object(parser, Map.of()));
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
                parser -> object(parser, Map.of(pointer, at -> {
                    if (!at.hasToken(JsonToken.VALUE_NULL)) {
                        series.add(reader.readJsonObject(at, pointer));
                    }
                })));
        return new ContentWithOne<>(series.isEmpty() ? null : series.getFirst(), settings);
    }

    /** Reads a file of data alone: a list of them, or an object with nothing but the field that is named as they are. */
    <D> D readFile(InputStream body, DataReader<D> reader) {
        return parse(body, parser -> {
            if (parser.currentToken() == JsonToken.START_ARRAY) {
                return reader.readJson(parser, "");
            }
            DataField<D> field = new DataField<>("/" + reader.name(), reader);
            FoundData<D> data = new FoundData<>();
            ObjectNode others = object(parser, data.takers(List.of(field)));
            Findings findings = new Findings();
            others.propertyNames()
                    .forEach(name -> findings.add("/" + name, "is unknown in a file of " + reader.name()));
            findings.throwAs(ProblemType.INVALID_REQUEST);
            if (data.found == null) {
                throw invalid(field.pointer(), "is required");
            }
            return data.found.data();
        });
    }

    static ProblemException invalid(String pointer, String detail) {
        String subject = pointer.isEmpty() ? "The body" : pointer;
        return new ProblemException(ProblemType.INVALID_REQUEST, subject + " " + detail + ".").at(pointer, detail);
    }

    private ObjectNode object(JsonParser parser, Map<String, Consumer<JsonParser>> data) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("", "must be a JSON object");
        }
        return new SettingsCollector(properties, data).collect(parser);
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

    /** The data of a body, once they were met. */
    private static final class FoundData<D> {
        private @Nullable Found<D> found;

        Map<String, Consumer<JsonParser>> takers(List<DataField<D>> fields) {
            return fields.stream().collect(toMap(DataField::pointer, field -> parser -> read(field, parser)));
        }

        private void read(DataField<D> field, JsonParser parser) {
            if (found != null) {
                throw invalid(
                        field.pointer(),
                        "must not stand beside " + found.field().pointer());
            }
            found = new Found<>(field, field.reader().readJson(parser, field.pointer()));
        }
    }
}
