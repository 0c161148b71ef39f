package io.foretide.sequences;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.classification.LabelledSequence;
import io.foretide.problem.ProblemException;
import io.foretide.reading.JsonStreams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** Reads the bodies of tests. */
final class Reading {
    static final SequenceLimits LIMITS = new SequenceLimits(5, 100, 3, 50, 20);

    private Reading() {}

    /** Reads a JSON array as it stands at {@code /sequences} of a body. */
    static List<LabelledSequence> json(String array, Labelling labelling) {
        try (JsonParser parser = JsonStreams.factory().createParser(ObjectReadContext.empty(), stream(array))) {
            parser.nextToken();
            return new SequenceReader(LIMITS, labelling).readJson(parser, "/sequences");
        }
    }

    static List<LabelledSequence> json(String array) {
        return json(array, Labelling.OPTIONAL);
    }

    static List<LabelledSequence> csv(String body, Labelling labelling) {
        return new SequenceReader(LIMITS, labelling).readCsv(stream(body));
    }

    static List<LabelledSequence> csv(String body) {
        return csv(body, Labelling.OPTIONAL);
    }

    static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    static ProblemException problem(Runnable reading) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, reading::run);
        if (problem == null) {
            throw new AssertionError("nothing was found wrong");
        }
        return problem;
    }

    static List<String> pointers(ProblemException problem) {
        return problem.places().stream().map(ProblemException.Place::pointer).toList();
    }
}
