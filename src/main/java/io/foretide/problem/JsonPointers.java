package io.foretide.problem;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import tools.jackson.databind.PropertyNamingStrategies;

/** Places in a request as RFC 6901 pointers, in the spelling of the wire. */
public final class JsonPointers {
    private JsonPointers() {}

    /** The place of a field of an object. */
    public static String child(String parent, String field) {
        return parent + '/' + field.replace("~", "~0").replace("/", "~1");
    }

    /** The place of an element of a list. */
    public static String child(String parent, int index) {
        return parent + '/' + index;
    }

    /** The name of a Java property on the wire: {@code seasonLength} is {@code season_length}. */
    public static String wireName(String property) {
        return PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, property);
    }

    /** The place that a validation complains about. */
    public static String of(Path validated) {
        String pointer = "";
        for (Path.Node node : validated) {
            if (node.getIndex() != null) {
                pointer = child(pointer, node.getIndex());
            } else if (node.getKey() != null) {
                pointer = child(pointer, String.valueOf(node.getKey()));
            }
            if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
                pointer = child(pointer, wireName(node.getName()));
            }
        }
        return pointer;
    }
}
