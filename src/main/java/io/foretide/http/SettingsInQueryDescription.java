package io.foretide.http;

import io.foretide.http.QueryParameters.Target;
import io.foretide.series.SeriesDefaults;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;

/** Describes in OpenAPI the settings that go with CSV and JSON Lines, from the record that they are bound to. */
@Component
final class SettingsInQueryDescription implements OperationCustomizer {
    private static final String WHEN = "With CSV, JSON Lines and text only; in JSON it is a field of the body";

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        SettingsInQuery settings = method.getMethodAnnotation(SettingsInQuery.class);
        if (settings != null) {
            for (Class<?> record : settings.value()) {
                QueryParameters.targets(record).forEach((name, target) -> add(operation, name, schema(target)));
            }
            SeriesDefaults.PARAMETERS.forEach(name -> add(operation, name, type("string")));
        }
        return operation;
    }

    private static void add(Operation operation, String name, Schema<?> schema) {
        operation.addParametersItem(
                new QueryParameter().name(name).description(WHEN).schema(schema));
    }

    private static Schema<?> schema(Target target) {
        RecordComponent component = target.component();
        Class<?> type = inner(target.type());
        if (type.isEnum()) {
            Schema<Object> words = type("string");
            words.setEnum(Stream.of(type.getEnumConstants())
                    .<Object>map(constant -> WireType.name((Enum<?>) constant))
                    .toList());
            return words;
        }
        if (type == Boolean.class || type == boolean.class) {
            return type("boolean");
        }
        if (!Number.class.isAssignableFrom(type) && !type.isPrimitive()) {
            return type("string");
        }
        Schema<?> number = type(Set.of(Double.class, double.class).contains(type) ? "number" : "integer");
        annotation(component, Min.class).ifPresent(min -> number.minimum(BigDecimal.valueOf(min.value())));
        annotation(component, Max.class).ifPresent(max -> number.maximum(BigDecimal.valueOf(max.value())));
        annotation(component, Positive.class).ifPresent(_ -> number.exclusiveMinimumValue(BigDecimal.ZERO));
        return number;
    }

    /** Lists are text, with commas in it. */
    private static Class<?> inner(AnnotatedType type) {
        Class<?> raw = WireType.raw(type);
        return Collection.class.isAssignableFrom(raw) ? String.class : raw;
    }

    private static <A extends Annotation> Optional<A> annotation(RecordComponent component, Class<A> type) {
        try {
            return Optional.ofNullable(component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(type));
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Schema<Object> type(String name) {
        Schema<Object> schema = new Schema<>();
        schema.setTypes(Set.of(name));
        return schema;
    }
}
