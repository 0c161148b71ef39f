package io.foretide.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.foretide.problem.JsonPointers;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the Java type of a field says about its form on the wire. */
final class WireType {
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Stream.of(type.getRecordComponents())
                    .map(component -> new Field(name(component), component.getName(), component.getAnnotatedType()))
                    .toList();
        }
    };

    private static final ClassValue<Optional<Executable>> CREATORS = new ClassValue<>() {
        @Override
        protected Optional<Executable> computeValue(Class<?> type) {
            return findCreator(type);
        }
    };

    private static final ClassValue<Constructor<?>> CANONICAL = new ClassValue<>() {
        @Override
        protected Constructor<?> computeValue(Class<?> type) {
            return findCanonical(type);
        }
    };

    private WireType() {}

    /**
     * A component of a record.
     *
     * @param name as it is on the wire
     * @param component as it is in Java
     */
    record Field(String name, String component, AnnotatedType type) {}

    /** The components of a record. Reflection takes microseconds for each, so what it finds is kept. */
    static List<Field> fields(Class<?> type) {
        return FIELDS.get(type);
    }

    static Class<?> raw(AnnotatedType type) {
        return switch (type.getType()) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> throw new IllegalStateException("no wire form for " + type.getType());
        };
    }

    /** The type of the elements of a list, or the second argument of a map. */
    static AnnotatedType argument(AnnotatedType type, int index) {
        if (type instanceof AnnotatedParameterizedType generic) {
            return generic.getAnnotatedActualTypeArguments()[index];
        }
        throw new IllegalStateException("no type argument in " + type.getType());
    }

    /** Whether the field may be left out, or be null. */
    static boolean isOptional(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    /** A record whose components are fields of an object, as opposed to one that wraps a single value. */
    static boolean isObject(Class<?> type) {
        return type.isRecord() && creator(type).isEmpty();
    }

    static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? JsonPointers.wireName(component.getName()) : given.value();
    }

    static String name(Enum<?> constant) {
        try {
            JsonProperty given =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(JsonProperty.class);
            return given == null ? constant.name().toLowerCase(Locale.ROOT) : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The constructor or factory that makes the type from one value. */
    static Optional<Executable> creator(Class<?> type) {
        return CREATORS.get(type);
    }

    private static Optional<Executable> findCreator(Class<?> type) {
        Stream<Executable> constructors = Stream.of(type.getDeclaredConstructors());
        Stream<Executable> factories = Stream.of(type.getDeclaredMethods());
        return Stream.concat(constructors, factories)
                .filter(candidate -> candidate.isAnnotationPresent(JsonCreator.class))
                .filter(candidate -> candidate.getParameterCount() == 1)
                .findFirst();
    }

    static Constructor<?> canonical(Class<?> type) {
        return CANONICAL.get(type);
    }

    private static Constructor<?> findCanonical(Class<?> type) {
        try {
            return type.getDeclaredConstructor(Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    static Object invoke(Executable creator, @Nullable Object[] arguments) throws ReflectiveOperationException {
        creator.setAccessible(true);
        return switch (creator) {
            case Constructor<?> constructor -> constructor.newInstance(arguments);
            case Method factory -> factory.invoke(null, arguments);
        };
    }
}
