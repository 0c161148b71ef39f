package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.regex.Pattern;

/** Which version of a model is meant: one by its number, or the one that an alias points to. */
public sealed interface Selector {

    /** A fixed version. */
    record Version(int number) implements Selector {
        private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,8}");

        public Version {
            if (number < 1) {
                throw new IllegalArgumentException("version numbers start at 1, was " + number);
            }
        }

        /** Reads a version number from a path or a reference. */
        public static Version parse(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new ProblemException(
                        ProblemType.INVALID_PARAMETER,
                        Quoted.quote(text) + " is no version number. Versions are numbered 1, 2, 3 and so on.");
            }
            return new Version(Integer.parseInt(text));
        }
    }

    /** A pointer that may move. */
    record Alias(String name) implements Selector {
        // Stands first because the aliases below are checked with it.
        private static final Pattern NUMBER = Pattern.compile("[0-9._-]+");

        /** The version that a bare model name means. */
        public static final Alias CHAMPION = new Alias("champion");

        /** The version with the highest number; computed, so nobody can set it. */
        public static final Alias LATEST = new Alias("latest");

        public Alias {
            if (!isValid(name)) {
                throw new IllegalArgumentException(explain(name));
            }
        }

        /** Reads an alias from a path or a reference. */
        public static Alias parse(String text) {
            if (!isValid(text)) {
                throw new ProblemException(ProblemType.INVALID_PARAMETER, explain(text));
            }
            return new Alias(text);
        }

        private static boolean isValid(String text) {
            return ModelName.isValid(text) && !NUMBER.matcher(text).matches();
        }

        private static String explain(String text) {
            return "%s is no alias. An alias has the form of a model name and at least one letter. A version is written name:3."
                    .formatted(Quoted.quote(text));
        }
    }
}
