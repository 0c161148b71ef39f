package io.foretide.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.unit.DataSize;

/**
 * The JSON schema of everything under {@code foretide}, read off the records that the service binds.
 *
 * <p>It refuses what is misspelt and what has the wrong type before anything is installed; the finer bounds are the
 * service's own to check.
 */
final class ConfigurationSchema {
    private static final String ROOT = "foretide";

    private final JsonMapper json = JsonMapper.builder().build();

    /** The records of the service, by their prefix. */
    static Map<String, Class<?>> records() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        Map<String, Class<?>> records = new TreeMap<>();
        for (var candidate : scanner.findCandidateComponents("io.foretide")) {
            try {
                Class<?> type = Class.forName(candidate.getBeanClassName());
                if (inMain(type)) {
                    records.put(
                            type.getAnnotation(ConfigurationProperties.class).value(), type);
                }
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
        return records;
    }

    private static boolean inMain(Class<?> type) {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().getPath();
        return type.isRecord() && location.endsWith("/classes/");
    }

    JsonNode generate() {
        ObjectNode root = section();
        records().forEach((prefix, type) -> {
            if (!prefix.startsWith(ROOT + ".")) {
                throw new IllegalStateException(prefix + " does not stand under " + ROOT);
            }
            ObjectNode section = root;
            for (String name : prefix.substring(ROOT.length() + 1).split("\\.")) {
                section = child(section, name);
            }
            fill(section, type);
        });
        return root;
    }

    /** The schema of a property's name: one of the service's, or one that is not the service's own. */
    JsonNode name() {
        ObjectNode name = json.createObjectNode();
        ArrayNode kinds = name.putArray("anyOf");
        ArrayNode ours = kinds.addObject().putArray("enum");
        leaves(ROOT, generate(), ours);
        ObjectNode others = kinds.addObject().put("pattern", "^[a-z0-9-]+(\\.[a-z0-9-]+)+$");
        others.putObject("not").put("pattern", "^" + ROOT + "\\.");
        return name;
    }

    private static void leaves(String path, JsonNode schema, ArrayNode names) {
        if (schema.has("properties")) {
            schema.get("properties")
                    .properties()
                    .forEach(entry -> leaves(path + "." + entry.getKey(), entry.getValue(), names));
        } else {
            names.add(path);
        }
    }

    private ObjectNode section() {
        ObjectNode section = json.createObjectNode().put("type", "object").put("additionalProperties", false);
        section.putObject("properties");
        return section;
    }

    private ObjectNode child(ObjectNode section, String name) {
        ObjectNode properties = (ObjectNode) section.get("properties");
        if (!properties.has(name)) {
            properties.set(name, section());
        }
        return (ObjectNode) properties.get(name);
    }

    private void fill(ObjectNode section, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = kebab(component.getName());
            if (component.getType().isRecord()) {
                fill(child(section, name), component.getType());
            } else {
                ((ObjectNode) section.get("properties")).set(name, value(component));
            }
        }
    }

    static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private ObjectNode value(RecordComponent component) {
        Class<?> type = component.getType();
        ObjectNode schema = json.createObjectNode();
        if (type == boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class) {
            return bounds(schema.put("type", "integer"), component);
        }
        if (type == double.class) {
            return bounds(schema.put("type", "number"), component);
        }
        if (type == Duration.class) {
            return schema.put("type", "string").put("pattern", "^([0-9]+(ns|us|ms|s|m|h|d)|P[0-9DTHMS.]+)$");
        }
        if (type == DataSize.class) {
            return schema.put("type", "string").put("pattern", "^[0-9]+(B|KB|MB|GB|TB)$");
        }
        if (type == String.class) {
            schema.put("type", "string");
            return has(component, NotBlank.class) ? schema.put("minLength", 1) : schema;
        }
        if (component.getGenericType().getTypeName().equals("java.util.List<java.lang.String>")) {
            schema.put("type", "array").putObject("items").put("type", "string");
            return schema;
        }
        throw new IllegalStateException("no schema is known for " + type + " of " + component);
    }

    private static ObjectNode bounds(ObjectNode schema, RecordComponent component) {
        Min min = component.getAccessor().getAnnotation(Min.class);
        Max max = component.getAccessor().getAnnotation(Max.class);
        if (min != null) {
            schema.put("minimum", min.value());
        }
        if (has(component, PositiveOrZero.class)) {
            schema.put("minimum", 0);
        }
        if (has(component, Positive.class)) {
            schema.put("exclusiveMinimum", 0);
        }
        if (max != null) {
            schema.put("maximum", max.value());
        }
        return schema;
    }

    private static boolean has(RecordComponent component, Class<? extends Annotation> constraint) {
        return component.getAccessor().isAnnotationPresent(constraint);
    }
}
