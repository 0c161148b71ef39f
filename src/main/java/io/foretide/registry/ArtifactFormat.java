package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** In which form a version is given out. */
enum ArtifactFormat {
    /** The artifact itself, which is imported again. */
    FORETIDE("foretide"),
    /** For programs that have Deeplearning4j; computed from the artifact. */
    DEEPLEARNING4J("dl4j");

    private final String wireName;

    ArtifactFormat(String wireName) {
        this.wireName = wireName;
    }

    /** Reads the query parameter {@code member}: which network of a version, counted from 1. An artifact holds them all. */
    int member(@Nullable Integer member) {
        if (this == FORETIDE && member != null) {
            String detail = "is for the format dl4j alone: an artifact holds all networks of a version";
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "member " + detail + ".").at("member", detail);
        }
        return member == null ? 1 : member;
    }

    /** Reads the query parameter {@code format}; without it, {@link #FORETIDE}. */
    static ArtifactFormat parse(@Nullable String format) {
        if (format == null) {
            return FORETIDE;
        }
        return Stream.of(values())
                .filter(one -> one.wireName.equals(format))
                .findFirst()
                .orElseThrow(() -> {
                    String detail = "must be foretide or dl4j, was " + Quoted.quote(format);
                    return new ProblemException(ProblemType.INVALID_PARAMETER, "format " + detail + ".")
                            .at("format", detail);
                });
    }
}
