package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.regex.Pattern;

/** The name under which the versions of a model are kept. */
public record ModelName(String value) {
    /** What a name looks like, as a regular expression. */
    public static final String FORM = "[a-z0-9][a-z0-9._-]{0,62}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    public ModelName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(explain(value));
        }
    }

    /** Reads a name from a path or a query string. */
    public static ModelName parse(String text) {
        if (!isValid(text)) {
            throw new ProblemException(ProblemType.INVALID_PARAMETER, explain(text));
        }
        return new ModelName(text);
    }

    /** Reads a name that stands in a JSON body, at the pointer. */
    public static ModelName parse(String text, String pointer) {
        if (!isValid(text)) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, explain(text)).at(pointer);
        }
        return new ModelName(text);
    }

    static boolean isValid(String text) {
        return PATTERN.matcher(text).matches();
    }

    private static String explain(String text) {
        return "%s is no model name. A name has 1 to 63 characters: a-z, 0-9, '.', '_' and '-', and starts with a letter or a digit."
                .formatted(Quoted.quote(text));
    }

    @Override
    public String toString() {
        return value;
    }
}
