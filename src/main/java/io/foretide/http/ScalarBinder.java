package io.foretide.http;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads single values without bending them: text is no number, and a fraction is no whole number. */
final class ScalarBinder {
    private static final int MOST_QUOTED = 60;

    private final JsonMapper mapper;

    ScalarBinder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Thrown where a value does not fit; says what must be there. */
    static final class Misfit extends Exception {
        Misfit(String expected, JsonNode actual) {
            super(expected + ", was " + quote(actual));
        }

        Misfit(String detail) {
            super(detail);
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    Object read(Class<?> type, JsonNode value) throws Misfit {
        if (type == int.class || type == Integer.class) {
            return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class || type == Long.class) {
            return whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
        }
        if (type == double.class || type == Double.class) {
            return finite(value);
        }
        if (type == boolean.class || type == Boolean.class) {
            require(value.isBoolean(), "must be true or false", value);
            return value.booleanValue();
        }
        if (type.isEnum()) {
            return constant(type, value);
        }
        if (JsonNode.class.isAssignableFrom(type)) {
            return converted(type, value, "has a wrong type");
        }
        require(value.isString(), "must be text", value);
        return text(type, value);
    }

    private Object text(Class<?> type, JsonNode value) throws Misfit {
        if (type == String.class) {
            return value.stringValue();
        }
        String expected = type == Duration.class
                ? "must be an ISO-8601 duration such as PT10M"
                : "is not a valid " + type.getSimpleName();
        return converted(type, value, expected);
    }

    private Object converted(Class<?> type, JsonNode value, String expected) throws Misfit {
        try {
            return mapper.treeToValue(value, type);
        } catch (JacksonException e) {
            throw new Misfit(expected, value);
        }
    }

    private static long whole(JsonNode value, long least, long most) throws Misfit {
        require(value.isIntegralNumber(), "must be a whole number", value);
        String range = "must lie between " + least + " and " + most;
        require(value.canConvertToLong(), range, value);
        require(value.longValue() >= least && value.longValue() <= most, range, value);
        return value.longValue();
    }

    private static double finite(JsonNode value) throws Misfit {
        require(value.isNumber(), "must be a number", value);
        double number = value.doubleValue();
        require(Double.isFinite(number), "must be a finite number that 64 bits can hold", value);
        return number;
    }

    private static Object constant(Class<?> type, JsonNode value) throws Misfit {
        Stream<Enum<?>> constants = Stream.of(type.getEnumConstants()).map(constant -> (Enum<?>) constant);
        Optional<Enum<?>> named = constants
                .filter(constant -> value.isString() && WireType.name(constant).equals(value.stringValue()))
                .findFirst();
        if (named.isPresent()) {
            return named.get();
        }
        String names = Stream.of(type.getEnumConstants())
                .map(constant -> WireType.name((Enum<?>) constant))
                .collect(Collectors.joining(", "));
        throw new Misfit("must be one of " + names, value);
    }

    private static void require(boolean fits, String expected, JsonNode value) throws Misfit {
        if (!fits) {
            throw new Misfit(expected, value);
        }
    }

    /** A value as it was sent; objects, arrays and what is long only in outline. */
    static String quote(JsonNode value) {
        if (value.isObject()) {
            return "an object";
        }
        if (value.isArray()) {
            return "a list";
        }
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            return "a larger one";
        }
        String text = value.toString();
        return text.length() <= MOST_QUOTED ? text : text.substring(0, MOST_QUOTED) + "…";
    }
}
