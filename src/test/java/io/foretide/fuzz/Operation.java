package io.foretide.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * An operation of the service, as its OpenAPI document describes it.
 *
 * @param path with parameters in braces
 * @param bodies the examples of each media type that it takes, by their names; an empty one where the document has none
 */
record Operation(String method, String path, List<Parameter> parameters, Map<String, Map<String, String>> bodies) {

    /** A parameter in the path, the query or the header. */
    record Parameter(String name, String in, boolean required, String type, String example, List<String> allowed) {}

    /** What has no place in the document and is served all the same. */
    static final List<Operation> BESIDE_THE_DOCUMENT = List.of(
            new Operation("GET", "/actuator/health/liveness", List.of(), Map.of()),
            new Operation("GET", "/actuator/health/readiness", List.of(), Map.of()),
            new Operation("GET", "/actuator/info", List.of(), Map.of()),
            new Operation("GET", "/actuator/prometheus", List.of(), Map.of()),
            new Operation("GET", "/v3/api-docs", List.of(), Map.of()),
            new Operation("GET", "/problems", List.of(), Map.of()),
            new Operation(
                    "GET",
                    "/problems/{slug}",
                    List.of(new Parameter("slug", "path", true, "string", "not-found", List.of())),
                    Map.of()));

    /** All operations of the document, in its order. */
    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> method.getValue().has("responses"))
                        .forEach(method -> operations.add(of(method.getKey(), path.getKey(), method.getValue()))));
        operations.addAll(BESIDE_THE_DOCUMENT);
        return operations;
    }

    private static Operation of(String method, String path, JsonNode description) {
        List<Parameter> parameters = description
                .path("parameters")
                .valueStream()
                .map(Operation::parameter)
                .toList();
        Map<String, Map<String, String>> bodies = new LinkedHashMap<>();
        description
                .at("/requestBody/content")
                .properties()
                .forEach(content -> bodies.put(content.getKey(), examples(content.getValue())));
        return new Operation(method.toUpperCase(java.util.Locale.ROOT), path, parameters, bodies);
    }

    private static Parameter parameter(JsonNode description) {
        JsonNode schema = description.path("schema");
        JsonNode type = schema.path("type");
        return new Parameter(
                description.path("name").asString(),
                description.path("in").asString(),
                description.path("required").asBoolean(false),
                type.isArray() ? type.path(0).asString() : type.asString("string"),
                example(description).or(() -> example(schema)).orElse(""),
                schema.path("enum").valueStream().map(JsonNode::asString).toList());
    }

    private static Map<String, String> examples(JsonNode described) {
        Map<String, String> examples = new LinkedHashMap<>();
        described
                .path("examples")
                .properties()
                .forEach(one -> examples.put(one.getKey(), text(one.getValue().path("value"))));
        return examples.isEmpty() ? Map.of("", example(described).orElse("")) : examples;
    }

    private static Optional<String> example(JsonNode described) {
        JsonNode example = described.has("example")
                ? described.get("example")
                : described
                        .path("examples")
                        .valueStream()
                        .findFirst()
                        .map(one -> one.path("value"))
                        .orElse(null);
        if (example == null || example.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(text(example));
    }

    private static String text(JsonNode example) {
        return example.isString() ? example.stringValue() : example.toString();
    }

    List<Parameter> parametersIn(String place) {
        return parameters.stream()
                .filter(parameter -> parameter.in().equals(place))
                .toList();
    }

    boolean changes() {
        return !method.equals("GET");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
