package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents whose fields are wrong, and documents that are none. */
final class JsonKinds {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String MARK = "\"@here@\"";
    private static final Predicate<Draft> FITS = draft -> draft.is("application/json");
    private static final List<String> TYPES =
            List.of("true", "0", "1.5", "\"12\"", "\"\"", "[]", "{}", "[[1]]", "[null]", "{\"\":1}", "[{}]", "\"x\"");
    private static final List<String> NUMBERS = List.of(
            "-1",
            "-0",
            "-0.0",
            "0.0",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "1e150",
            "-1e150",
            "1e149",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483647",
            "2147483648",
            "-2147483649",
            "18446744073709551616",
            "4294967296",
            "65536",
            "1e3",
            "3.0",
            "0.1e1",
            "5e-324",
            "1.7976931348623157e308",
            "9".repeat(300),
            "9".repeat(5_000),
            "0." + "0".repeat(900) + "1",
            "1e" + "9".repeat(50),
            "01",
            "+1",
            ".5",
            "1.",
            "0x10",
            "1_000",
            "1e",
            "--1",
            "NaN",
            "-Infinity");
    private static final List<String> TEXTS = List.of(
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\u202eabc\u202c\"",
            "\"\u200f\"",
            "\"\\u0007\\u001b[31m\"",
            "\"\u0001\"",
            "\"\\x\"",
            "\"\\ud8\"",
            "\"../../etc/passwd\"",
            "\"<script>alert(1)</script>\"",
            "\"'; drop table model; --\"",
            "\"${jndi:ldap://x/y}\"",
            "\"%s%n%x\"",
            "\"\ud83d\ude00\"",
            "\"\u0130\"",
            "\"A\\u030a\"",
            "\"1949-01-01\"",
            "\"9999-12-31T23:59:59.999Z\"",
            "\"0000-00-00\"",
            "\"-999999999-01-01\"",
            "\"2024-10-27T02:30:00\"",
            "\"2024-02-30\"",
            "\"PT-1S\"",
            "\"P1000000000Y\"",
            "\"PT0.000000001S\"",
            "\"1ms\"",
            "\"99999999999D\"",
            "\"-1D\"",
            "\"0D\"",
            "\"Mars/Base\"",
            "\"Europe/Berlin\"",
            "\"+18:00\"",
            "\"UTC+99\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"latest\"",
            "\"air:3\"",
            "\" \"");

    private JsonKinds() {}

    static List<Kind> all() {
        return Kind.together(fields(), sizes(), documents());
    }

    private static List<Kind> fields() {
        return List.of(
                Kind.of("json: wrong type", FITS, (draft, random) -> put(draft, random, pick(TYPES, random))),
                Kind.of("json: number", FITS, (draft, random) -> put(draft, random, pick(NUMBERS, random))),
                Kind.of("json: text", FITS, (draft, random) -> put(draft, random, pick(TEXTS, random))),
                Kind.of("json: null", FITS, (draft, random) -> put(draft, random, "null")),
                Kind.of("json: several fields", FITS, JsonKinds::putSeveral),
                Kind.of("json: missing", FITS, JsonKinds::remove),
                Kind.of(
                        "json: unknown",
                        FITS,
                        (draft, random) -> add(draft, random, "\"surprise\":" + pick(TYPES, random))),
                Kind.of("json: duplicate", FITS, JsonKinds::duplicate));
    }

    private static List<Kind> sizes() {
        return List.of(
                Kind.rare("json: many fields", FITS, (draft, random) -> add(draft, random, manyFields(30_000))),
                Kind.rare(
                        "json: long text",
                        FITS,
                        (draft, random) -> put(draft, random, "\"" + "x".repeat(size(random)) + "\"")),
                Kind.rare(
                        "json: long name",
                        FITS,
                        (draft, random) -> add(draft, random, "\"" + "x".repeat(size(random)) + "\":1")),
                Kind.rare("json: deep", FITS, (draft, random) -> put(draft, random, deep(random))),
                Kind.rare(
                        "json: long list",
                        FITS,
                        (draft, random) -> put(draft, random, "[" + "1,".repeat(200_000) + "1]")),
                Kind.rare(
                        "json: many series",
                        FITS,
                        (draft, random) -> put(draft, random, "[" + "{\"target\":[1]},".repeat(30_000) + "{}]")));
    }

    private static List<Kind> documents() {
        return List.of(
                Kind.of("json: truncated", FITS, (draft, random) -> draft.text(cut(draft.text(), random))),
                Kind.of(
                        "json: more after the end",
                        FITS,
                        (draft, random) -> draft.text(
                                draft.text() + pick(List.of("{}", "]", "x", ",", "\u0000", "\n\n[]"), random))),
                Kind.of(
                        "json: other document",
                        FITS,
                        (draft, random) -> draft.text(pick(
                                List.of(
                                        "",
                                        " ",
                                        "null",
                                        "[]",
                                        "0",
                                        "\"x\"",
                                        "{",
                                        "}",
                                        "<xml/>",
                                        "a=b&c=d",
                                        "{'a':1}",
                                        "{a:1}",
                                        "// x\n{}",
                                        "\ufeff{}",
                                        "[".repeat(100_000),
                                        "{\"a\":".repeat(100_000)),
                                random))),
                Kind.of("json: replaced character", FITS, JsonKinds::replaceCharacter));
    }

    private static int size(RandomGenerator random) {
        return pick(List.of(300, 2_000, 70_000, 1_000_000, 1_100_000), random);
    }

    private static String deep(RandomGenerator random) {
        int depth = pick(List.of(5, 20, 1_000, 100_000), random);
        return random.nextBoolean()
                ? "[".repeat(depth) + "]".repeat(depth)
                : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private static String manyFields(int count) {
        StringBuilder fields = new StringBuilder("\"f\":0");
        for (int i = 1; i < count; i++) {
            fields.append(",\"f").append(i).append("\":").append(i);
        }
        return fields.toString();
    }

    private static String cut(String text, RandomGenerator random) {
        return text.substring(0, random.nextInt(text.length()));
    }

    private static void putSeveral(Draft draft, RandomGenerator random) {
        for (int i = 0; i < 3; i++) {
            // Tokens that are JSON, so that the document stays one.
            put(draft, random, pick(List.of("null", "-1", "1.5", "\"x\"", "[]", "{}", "true", "1e400"), random));
        }
    }

    private static void put(Draft draft, RandomGenerator random, String token) {
        JsonNode tree = tree(draft);
        List<Place> places = places(tree);
        if (places.isEmpty()) {
            draft.text(token);
            return;
        }
        pick(places, random).put("@here@");
        draft.text(tree.toString().replace(MARK, token));
    }

    private static void remove(Draft draft, RandomGenerator random) {
        JsonNode tree = tree(draft);
        List<Place> places = places(tree);
        if (!places.isEmpty()) {
            pick(places, random).remove();
        }
        draft.text(tree.toString());
    }

    private static void duplicate(Draft draft, RandomGenerator random) {
        JsonNode tree = tree(draft);
        List<Place> fields = places(tree).stream()
                .filter(place -> place.parent() instanceof ObjectNode)
                .toList();
        if (fields.isEmpty()) {
            return;
        }
        Place field = pick(fields, random);
        String value = field.value().toString();
        field.put("@here@");
        draft.text(tree.toString().replace(MARK, value + ",\"" + field.name() + "\":" + value));
    }

    private static void add(Draft draft, RandomGenerator random, String member) {
        JsonNode tree = tree(draft);
        List<ObjectNode> objects = new ArrayList<>();
        if (tree instanceof ObjectNode root) {
            objects.add(root);
        }
        places(tree).forEach(place -> {
            if (place.value() instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        if (!objects.isEmpty()) {
            pick(objects, random).put("@new@", "@here@");
        }
        draft.text(tree.toString().replace("\"@new@\":" + MARK, member));
    }

    private static void replaceCharacter(Draft draft, RandomGenerator random) {
        StringBuilder text = new StringBuilder(draft.text());
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            text.setCharAt(random.nextInt(text.length()), (char) (1 + random.nextInt(0x17f)));
        }
        draft.text(text.toString());
    }

    private static JsonNode tree(Draft draft) {
        try {
            return JSON.readTree(draft.text());
        } catch (tools.jackson.core.JacksonException alreadyBroken) {
            return JSON.createObjectNode();
        }
    }

    /** A field of an object, or an element of a list. */
    private record Place(JsonNode parent, String name, int index) {
        JsonNode value() {
            return parent instanceof ObjectNode ? parent.get(name) : parent.get(index);
        }

        void put(String text) {
            switch (parent) {
                case ObjectNode object -> object.put(name, text);
                case ArrayNode array -> array.set(index, text);
                default -> throw new IllegalStateException();
            }
        }

        void remove() {
            switch (parent) {
                case ObjectNode object -> object.remove(name);
                case ArrayNode array -> array.remove(index);
                default -> throw new IllegalStateException();
            }
        }
    }

    /** Every place of a tree, of lists the first, the second and the last. */
    private static List<Place> places(JsonNode tree) {
        List<Place> places = new ArrayList<>();
        collect(tree, places);
        return places;
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(new Place(object, field.getKey(), -1));
                collect(field.getValue(), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i += i < 1 || i == array.size() - 1 ? 1 : array.size() - 1 - i) {
                places.add(new Place(array, "", i));
                collect(array.get(i), places);
            }
        }
    }
}
