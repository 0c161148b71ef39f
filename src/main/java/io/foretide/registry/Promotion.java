package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a new version becomes its model's champion at once. */
public enum Promotion {
    ALWAYS,
    /** Only where the model has no champion yet. */
    IF_NO_CHAMPION,
    NEVER;

    /** Reads the query parameter {@code promote}; without it, {@link #IF_NO_CHAMPION}. */
    static Promotion parse(@Nullable String promote) {
        if (promote == null) {
            return IF_NO_CHAMPION;
        }
        return Stream.of(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(promote))
                .findFirst()
                .orElseThrow(() -> {
                    String detail = "must be always, if_no_champion or never, was " + Quoted.quote(promote);
                    return new ProblemException(ProblemType.INVALID_PARAMETER, "promote " + detail + ".")
                            .at("promote", detail);
                });
    }
}
