package io.foretide.http;

import static io.foretide.problem.JsonPointers.child;
import static java.util.stream.Collectors.joining;

import io.foretide.problem.ProblemException.Place;
import io.foretide.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings that travel in the query string, because the body has no room for them. */
final class QueryParameters {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,40}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,4})?");

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Findings findings = new Findings();

    /** A component that a parameter can set: the fields that lead to it, and its type. */
    record Target(List<String> path, RecordComponent component) {
        AnnotatedType type() {
            return component.getAnnotatedType();
        }
    }

    QueryParameters(HttpServletRequest request) {
        request.getParameterMap().forEach((name, all) -> {
            values.put(name, all[0]);
            if (all.length > 1) {
                findings.add(name, "may be given once, and was given " + all.length + " times");
            }
        });
    }

    /** Fails where there is any parameter but those. */
    void requireOnly(List<String> known, String advice) {
        values.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(name, "is unknown here; " + advice));
        findings.throwAs(ProblemType.INVALID_PARAMETER);
    }

    /** Fails where one of those was sent. */
    void refuse(List<String> names, String detail) {
        names.stream().filter(values::containsKey).forEach(name -> findings.add(name, detail));
        findings.throwAs(ProblemType.INVALID_PARAMETER);
    }

    /** The value of a parameter; null where it was not sent. */
    @Nullable
    String value(String name) {
        return values.get(name);
    }

    /**
     * The parameters as the tree that a JSON body would have, bound to its record.
     *
     * @param others the names of those that are no settings
     */
    <T> T bind(Class<T> type, SettingsBinder binder, List<String> others) {
        Map<String, Target> targets = targets(type, sectionsNamed(type));
        ObjectNode tree = nodes.objectNode();
        addRequired(tree, type);
        values.forEach((name, text) -> {
            Target target = targets.get(name);
            if (target != null) {
                parent(tree, target).set(target.path().getLast(), node(target.type(), text));
            } else if (!others.contains(name)) {
                String known = Stream.concat(targets.keySet().stream(), others.stream())
                        .collect(joining(", "));
                findings.add(
                        name, known.isEmpty() ? "is unknown: there are none here" : "is unknown; known here: " + known);
            }
        });
        Findings misfits = new Findings();
        Optional<T> bound = binder.bind(tree, type, misfits);
        misfits.places().forEach(place -> findings.add(parameter(place, targets), place.detail()));
        findings.throwAs(ProblemType.INVALID_PARAMETER);
        return bound.orElseThrow();
    }

    /** Objects that must be there are, so that what is missing inside them is named by itself. */
    private static void addRequired(ObjectNode tree, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            if (WireType.isObject(component.getType()) && !WireType.isOptional(component.getAnnotatedType())) {
                tree.putObject(WireType.name(component));
            }
        }
    }

    private static ObjectNode parent(ObjectNode tree, Target target) {
        return target.path().size() == 1
                ? tree
                : tree.withObjectProperty(target.path().getFirst());
    }

    /** What parameters of few words say, which may be the names of sections, as {@code task=generate} does. */
    private List<String> sectionsNamed(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .filter(component -> component.getType().isEnum())
                .flatMap(component -> Stream.ofNullable(values.get(WireType.name(component))))
                .toList();
    }

    /** The components that parameters can set, by the names of these. */
    static Map<String, Target> targets(Class<?> type) {
        return targets(type, List.of());
    }

    /** The same: where sections share a name, it is that of one which is preferred, or else of the first. */
    private static Map<String, Target> targets(Class<?> type, List<String> preferred) {
        Map<String, Target> targets = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = WireType.name(component);
            if (isSimple(component)) {
                targets.put(name, new Target(List.of(name), component));
            }
        }
        Stream.of(type.getRecordComponents())
                .filter(outer -> WireType.isObject(outer.getType()))
                .sorted(Comparator.comparing(outer -> !preferred.contains(WireType.name(outer))))
                .forEach(outer -> Stream.of(outer.getType().getRecordComponents())
                        .filter(QueryParameters::isSimple)
                        .forEach(inner -> targets.putIfAbsent(
                                WireType.name(inner),
                                new Target(List.of(WireType.name(outer), WireType.name(inner)), inner))));
        return targets;
    }

    private static boolean isSimple(RecordComponent component) {
        Class<?> type = component.getType();
        return !WireType.isObject(type) && !Map.class.isAssignableFrom(type) && !JsonNode.class.isAssignableFrom(type);
    }

    private JsonNode node(AnnotatedType type, String text) {
        Class<?> raw = WireType.raw(type);
        if (Collection.class.isAssignableFrom(raw)) {
            ArrayNode list = nodes.arrayNode();
            Stream.of(text.split(",", -1)).forEach(one -> list.add(node(WireType.argument(type, 0), one.strip())));
            return list;
        }
        Optional<Executable> creator = WireType.creator(raw);
        if (creator.isPresent()) {
            return node(creator.get().getAnnotatedParameterTypes()[0], text);
        }
        boolean isNumber = raw.isPrimitive() || Number.class.isAssignableFrom(raw);
        if (isNumber && WHOLE.matcher(text).matches()) {
            return nodes.numberNode(new BigInteger(text));
        }
        if (isNumber && NUMBER.matcher(text).matches()) {
            return nodes.numberNode(Double.parseDouble(text));
        }
        boolean isTruth = raw == boolean.class || raw == Boolean.class;
        if (isTruth && (text.equals("true") || text.equals("false"))) {
            return nodes.booleanNode(Boolean.parseBoolean(text));
        }
        return nodes.stringNode(text);
    }

    /** The parameter that is to blame for what was found at a place of the tree. */
    private static String parameter(Place place, Map<String, Target> targets) {
        return targets.entrySet().stream()
                .filter(entry -> (place.pointer() + '/')
                        .startsWith(pointer(entry.getValue().path()) + '/'))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(place.pointer());
    }

    private static String pointer(List<String> path) {
        String pointer = "";
        for (String field : path) {
            pointer = child(pointer, field);
        }
        return pointer;
    }
}
