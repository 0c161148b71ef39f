package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** What {@code If-Match} or {@code If-None-Match} names (RFC 9110, 8.8.3 and 13.1): any state at all, or some. */
sealed interface EntityTags {
    /** Whether the present state is named; null is none at all. Weak tags name nothing where strong ones are due. */
    boolean match(@Nullable String present, Strength strength);

    /** Whether two tags are equal only where neither is weak. */
    enum Strength {
        STRONG,
        WEAK
    }

    /** {@code *}: whatever there is. */
    record Any() implements EntityTags {
        @Override
        public boolean match(@Nullable String present, Strength strength) {
            return present != null;
        }
    }

    /** A list of tags, each with its quotes. */
    record Listed(List<String> strong, List<String> weak) implements EntityTags {
        @Override
        public boolean match(@Nullable String present, Strength strength) {
            return present != null && (strong.contains(present) || strength == Strength.WEAK && weak.contains(present));
        }
    }

    /** What a header names; null where it was not sent. */
    static @Nullable EntityTags of(HttpHeaders headers, String name) {
        @Nullable List<String> lines = headers.get(name);
        if (lines == null) {
            return null;
        }
        String value = String.join(",", lines).strip();
        return value.equals("*") ? new Any() : list(name, value);
    }

    private static EntityTags list(String name, String value) {
        var strong = new ArrayList<String>();
        var weak = new ArrayList<String>();
        Matcher element = Grammar.ELEMENT.matcher(value);
        for (int at = 0; at <= value.length(); at = element.end() + 1) {
            if (!element.region(at, value.length()).lookingAt()) {
                throw malformed(name, value);
            }
            if (element.group(2) != null) {
                (element.group(1) == null ? strong : weak).add(element.group(2));
            }
        }
        if (strong.isEmpty() && weak.isEmpty()) {
            throw malformed(name, value);
        }
        return new Listed(List.copyOf(strong), List.copyOf(weak));
    }

    private static ProblemException malformed(String name, String value) {
        String detail = "must be * or ETags in double quotes with commas between them, such as \"17\", was %s"
                .formatted(Quoted.quote(value));
        return new ProblemException(ProblemType.INVALID_PARAMETER, name + " " + detail + ".").at(name, detail);
    }

    /** The spelling of lists. */
    final class Grammar {
        /** A tag, or nothing, up to the next comma or the end. */
        private static final Pattern ELEMENT =
                Pattern.compile("[ \\t]*(?:(W/)?(\"[!#-~\\x80-\\xff]*\")[ \\t]*)?(?=,|$)");

        private Grammar() {}
    }
}
