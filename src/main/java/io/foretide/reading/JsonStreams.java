package io.foretide.reading;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.CharConversionException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as strictly as this service reads it: no duplicate fields, nothing deeply nested, nothing beyond the standard.
 */
public final class JsonStreams {
    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 1_000;
    private static final int LONGEST_NAME = 1_000;

    /** A text to be trained on; whatever else is text has a limit of its own, and bodies have one as well. */
    private static final int LONGEST_STRING = 1 << 28;

    // What the library would have its programmer do about it is no advice for a client.
    private static final Pattern ADVICE = Pattern.compile(
            "(?:: enable|\\(not recognized|\\(`?StreamRead|\\(from `?StreamRead|\\(start marker).*", Pattern.DOTALL);

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(LONGEST_NAME)
                    .maxStringLength(LONGEST_STRING)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonStreams() {}

    /** Makes strict parsers. */
    public static JsonFactory factory() {
        return FACTORY;
    }

    /**
     * What a client is told about JSON that cannot be parsed.
     *
     * @param place the pointer or the line nearest to it
     * @throws UncheckedIOException if the body could not be read, as opposed to understood
     */
    public static ProblemException malformed(JacksonException failure, String place) {
        TokenStreamLocation location = failure.getLocation();
        boolean isKnown = location != null && location.getLineNr() > 0;
        String where = isKnown ? "line " + location.getLineNr() + ", column " + location.getColumnNr() : "";
        String detail = describe(failure, where);
        return new ProblemException(
                        ProblemType.MALFORMED_BODY, place.isEmpty() ? detail : place + ": " + detail, failure)
                .at(place, detail);
    }

    /** The same for a body of one line. */
    public static String describeLine(JacksonException failure) {
        TokenStreamLocation location = failure.getLocation();
        boolean isKnown = location != null && location.getColumnNr() > 0;
        return describe(failure, isKnown ? "column " + location.getColumnNr() : "");
    }

    private static String describe(JacksonException failure, String where) {
        if (failure instanceof JacksonIOException io && !(io.getCause() instanceof CharConversionException)) {
            throw new UncheckedIOException(io.getCause());
        }
        String message = String.valueOf(failure.getOriginalMessage());
        return "Not valid JSON" + (where.isEmpty() ? "" : " (" + where + ")") + ": "
                + ADVICE.matcher(message).replaceFirst("").strip();
    }
}
