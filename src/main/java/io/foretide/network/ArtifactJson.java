package io.foretide.network;

import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of an artifact, of whichever task: bound to our own records alone, without a field too many, too few or twice.
 */
public final class ArtifactJson {
    private static final int DEEPEST = 16;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private static final Set<String> WORDS = Set.of("NaN", "INF", "+INF", "-INF", "Infinity", "+Infinity", "-Infinity");

    private ArtifactJson() {}

    /** A value as JSON. */
    public static byte[] write(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    /**
     * A value from JSON; a problem where it is no such value, or holds a number that is not finite.
     *
     * @param entry the name that the problem gives it
     */
    public static <T> T read(String entry, ByteBuffer content, Class<T> type) {
        try {
            requireFinite(entry, content);
            T value = JSON.readValue(content.array(), content.arrayOffset(), content.remaining(), type);
            if (value == null) {
                throw Artifact.unreadable(entry + " is null");
            }
            return value;
        } catch (JacksonException e) {
            throw unreadable(entry, e);
        }
    }

    /** A list of texts, which may be any: also the words that stand for numbers that are not finite. */
    public static List<String> readTexts(String entry, ByteBuffer content) {
        try {
            String[] texts =
                    JSON.readValue(content.array(), content.arrayOffset(), content.remaining(), String[].class);
            return List.of(texts);
        } catch (JacksonException e) {
            throw unreadable(entry, e);
        } catch (NullPointerException e) {
            throw Artifact.unreadable(entry + " holds null");
        }
    }

    /** Whether an object has a field; what is no object has none. */
    public static boolean hasField(ByteBuffer content, String name) {
        try (JsonParser parser = JSON.createParser(content.array(), content.arrayOffset(), content.remaining())) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                if (parser.currentName().equals(name)) {
                    return true;
                }
                parser.nextToken();
                parser.skipChildren();
            }
            return false;
        } catch (JacksonException e) {
            return false; // whoever reads it says what is wrong
        }
    }

    /** The text in a field of an object; nothing where there is none. */
    static Optional<String> text(ByteBuffer content, String name) {
        try (JsonParser parser = JSON.createParser(content.array(), content.arrayOffset(), content.remaining())) {
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isIt = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (isIt) {
                    return value == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty();
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // whoever reads it says what is wrong
        }
    }

    /** Numbers that no double holds become infinite when they are bound, and words become NaN. */
    private static void requireFinite(String entry, ByteBuffer content) {
        try (JsonParser parser = JSON.createParser(content.array(), content.arrayOffset(), content.remaining())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isWord = token == JsonToken.VALUE_STRING && WORDS.contains(parser.getString());
                if (isWord || token.isNumeric() && !Double.isFinite(parser.getDoubleValue())) {
                    throw Artifact.unreadable("%s%s is no finite number"
                            .formatted(entry, parser.streamReadContext().pathAsPointer()));
                }
            }
        }
    }

    private static ProblemException unreadable(String entry, JacksonException failure) {
        String place = pointer(failure);
        return Artifact.unreadable(
                switch (failure) {
                    case UnrecognizedPropertyException _ -> entry + " has the unknown field " + place;
                    case InputCoercionException _ -> entry + place + " has a number that is too large";
                    case StreamConstraintsException _ -> entry + " is nested too deeply, or has too long a text";
                    case StreamReadException _ -> entry + " is no valid JSON";
                    case JacksonException e
                    when e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof ProblemException ->
                        "%s%s is out of bounds: %s".formatted(entry, place, withoutStop(e.getCause()));
                    case JacksonException _ -> entry + place + " is not what this release writes there";
                });
    }

    private static String pointer(JacksonException failure) {
        String pointer = "";
        for (JacksonException.Reference step : failure.getPath()) {
            pointer = step.getPropertyName() == null
                    ? JsonPointers.child(pointer, step.getIndex())
                    : JsonPointers.child(pointer, shown(step.getPropertyName()));
        }
        return pointer;
    }

    private static String withoutStop(Throwable cause) {
        return String.valueOf(cause.getMessage()).replaceFirst("[.]$", "");
    }

    private static String shown(String field) {
        String line = field.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
