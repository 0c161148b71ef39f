package io.foretide.http;

import static io.foretide.problem.JsonPointers.child;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Collects what stands around the data of a body into a small tree, and hands the data on where they stand. */
final class SettingsCollector {
    private final HttpProperties properties;
    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Map<String, Consumer<JsonParser>> data;
    private int values;
    private long characters;

    /** @param data what takes the values that are no settings, by their pointers */
    SettingsCollector(HttpProperties properties, Map<String, Consumer<JsonParser>> data) {
        this.properties = properties;
        this.data = data;
    }

    /** Reads an object; the parser stands at its start, and afterwards at its end. */
    ObjectNode collect(JsonParser parser) {
        return object(parser, "");
    }

    private ObjectNode object(JsonParser parser, String pointer) {
        ObjectNode object = nodes.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String place = child(pointer, name);
            JsonToken token = parser.nextToken();
            count(name.length());
            Consumer<JsonParser> taker = data.get(place);
            if (taker != null) {
                taker.accept(parser);
            } else {
                object.set(name, value(parser, token, place));
            }
        }
        return object;
    }

    private ArrayNode array(JsonParser parser, String pointer) {
        ArrayNode array = nodes.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            count(1);
            array.add(value(parser, token, child(pointer, array.size())));
        }
        return array;
    }

    private JsonNode value(JsonParser parser, JsonToken token, String pointer) {
        return switch (token) {
            case START_OBJECT -> object(parser, pointer);
            case START_ARRAY -> array(parser, pointer);
            case VALUE_STRING -> text(parser);
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no JSON value: " + token);
        };
    }

    private JsonNode text(JsonParser parser) {
        String text = parser.getString();
        count(text.length());
        return nodes.stringNode(text);
    }

    private JsonNode whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }

    private void count(int length) {
        values++;
        characters += length;
        long mostCharacters = properties.maxSettingsSize().toBytes();
        if (values > properties.maxSettingsFields()) {
            throw tooLarge("has more than %d values", properties.maxSettingsFields(), "max-settings-fields");
        }
        if (characters > mostCharacters) {
            throw tooLarge("has more than %d characters", mostCharacters, "max-settings-size");
        }
    }

    private static ProblemException tooLarge(String what, long limit, String property) {
        return new ProblemException(
                        ProblemType.BODY_TOO_LARGE,
                        ("What stands beside the data " + what + ". Send less, or raise foretide.http.%s.")
                                .formatted(limit, property))
                .with("limit", limit);
    }
}
