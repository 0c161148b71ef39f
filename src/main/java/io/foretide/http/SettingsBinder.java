package io.foretide.http;

import static io.foretide.problem.JsonPointers.child;

import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Binds JSON to records, and finds everything that does not fit instead of only the first thing.
 *
 * <p>A component is required unless it is {@code @Nullable}. Validation annotations are checked component by component, so
 * that a wrong type in one place does not hide a wrong range in another.
 */
final class SettingsBinder {
    private final ScalarBinder scalars;
    private final Validator validator;

    SettingsBinder(ScalarBinder scalars, Validator validator) {
        this.scalars = scalars;
        this.validator = validator;
    }

    /** The record, or nothing where there are findings. */
    <T> Optional<T> bind(ObjectNode settings, Class<T> type, Findings findings) {
        Binding binding = new Binding(findings);
        Object bound = binding.object(type, settings, "");
        if (bound == null || !findings.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(type.cast(bound));
    }

    private static String detail(ConstraintViolation<?> violation) {
        return switch (violation.getInvalidValue()) {
            case null -> "is required";
            case Number number -> violation.getMessage() + ", was " + number;
            default -> violation.getMessage();
        };
    }

    /** One walk through a tree; what is null has left a finding. */
    private final class Binding {
        private final Findings findings;

        Binding(Findings findings) {
            this.findings = findings;
        }

        @Nullable
        Object object(Class<?> type, JsonNode node, String pointer) {
            if (!node.isObject()) {
                return fail(pointer, "must be an object, was " + ScalarBinder.quote(node));
            }
            int before = findings.size();
            List<WireType.Field> fields = WireType.fields(type);
            List<@Nullable Object> values = new ArrayList<>();
            for (WireType.Field field : fields) {
                int known = findings.size();
                Object value = field(field.type(), node.get(field.name()), child(pointer, field.name()));
                values.add(value);
                if (findings.size() == known) {
                    validate(type, field, value, pointer);
                }
            }
            refuseUnknown(node, fields, pointer);
            return findings.size() > before ? null : create(WireType.canonical(type), values, pointer);
        }

        private void validate(Class<?> type, WireType.Field field, @Nullable Object value, String pointer) {
            validator.validateValue(type, field.component(), value).stream()
                    .sorted(Comparator.comparing(violation -> JsonPointers.of(violation.getPropertyPath())))
                    .forEach(violation ->
                            findings.add(pointer + JsonPointers.of(violation.getPropertyPath()), detail(violation)));
        }

        private void refuseUnknown(JsonNode node, List<WireType.Field> fields, String pointer) {
            List<String> known = fields.stream().map(WireType.Field::name).toList();
            String detail = known.isEmpty() ? "is unknown" : "is unknown; known here: " + String.join(", ", known);
            node.propertyNames().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> findings.add(child(pointer, name), detail));
        }

        private @Nullable Object field(AnnotatedType type, @Nullable JsonNode node, String pointer) {
            if (node == null || node.isNull()) {
                return WireType.isOptional(type)
                        ? null
                        : fail(pointer, node == null ? "is required" : "must not be null");
            }
            return value(type, node, pointer);
        }

        private @Nullable Object value(AnnotatedType type, JsonNode node, String pointer) {
            Class<?> raw = WireType.raw(type);
            if (Collection.class.isAssignableFrom(raw)) {
                return list(type, node, pointer);
            }
            if (Map.class.isAssignableFrom(raw)) {
                return map(type, node, pointer);
            }
            Optional<Executable> creator = WireType.creator(raw);
            if (creator.isPresent()) {
                AnnotatedType inner = creator.get().getAnnotatedParameterTypes()[0];
                int before = findings.size();
                @Nullable Object value = value(inner, node, pointer);
                return findings.size() > before ? null : create(creator.get(), List.of(value), pointer);
            }
            return raw.isRecord() ? object(raw, node, pointer) : scalar(raw, node, pointer);
        }

        private @Nullable Object list(AnnotatedType type, JsonNode node, String pointer) {
            if (!node.isArray()) {
                return fail(pointer, "must be a list, was " + ScalarBinder.quote(node));
            }
            AnnotatedType element = WireType.argument(type, 0);
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                values.add(field(element, node.get(i), child(pointer, i)));
            }
            return Set.class.isAssignableFrom(WireType.raw(type)) ? new LinkedHashSet<>(values) : values;
        }

        private @Nullable Object map(AnnotatedType type, JsonNode node, String pointer) {
            if (!node.isObject()) {
                return fail(pointer, "must be an object, was " + ScalarBinder.quote(node));
            }
            AnnotatedType element = WireType.argument(type, 1);
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                values.put(entry.getKey(), field(element, entry.getValue(), child(pointer, entry.getKey())));
            }
            return values;
        }

        private @Nullable Object scalar(Class<?> type, JsonNode node, String pointer) {
            try {
                return scalars.read(type, node);
            } catch (ScalarBinder.Misfit e) {
                return fail(pointer, e.detail());
            }
        }

        private @Nullable Object create(Executable creator, List<? extends @Nullable Object> values, String pointer) {
            try {
                return WireType.invoke(creator, values.toArray());
            } catch (InvocationTargetException e) {
                return switch (e.getCause()) {
                    case IllegalArgumentException refused -> fail(pointer, String.valueOf(refused.getMessage()));
                    case ProblemException refused -> fail(pointer, refused.detail());
                    case null, default -> throw new IllegalStateException(creator + " failed", e.getCause());
                };
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(creator + " cannot be called", e);
            }
        }

        private @Nullable Object fail(String pointer, String detail) {
            findings.add(pointer, detail);
            return null;
        }
    }
}
