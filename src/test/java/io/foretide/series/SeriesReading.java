package io.foretide.series;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.problem.ProblemException;
import io.foretide.reading.JsonStreams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/** Reads the bodies of tests. */
final class SeriesReading {
    static final SeriesLimits LIMITS = new SeriesLimits(100, 100_000, 5, 64);

    private SeriesReading() {}

    /** Reads a JSON array as it stands at {@code /series} of a body. */
    static List<TimeSeries> json(String array) {
        return json(array, LIMITS, SeriesDefaults.NONE);
    }

    static List<TimeSeries> json(String array, SeriesLimits limits, SeriesDefaults defaults) {
        try (JsonParser parser = JsonStreams.factory().createParser(ObjectReadContext.empty(), stream(array))) {
            parser.nextToken();
            return new SeriesReader(limits).readJson(parser, "/series", defaults);
        }
    }

    static List<TimeSeries> jsonLines(String body) {
        return new SeriesReader(LIMITS).readJsonLines(stream(body), SeriesDefaults.NONE);
    }

    static List<TimeSeries> csv(String body) {
        return csv(body, SeriesDefaults.NONE);
    }

    static List<TimeSeries> csv(String body, SeriesDefaults defaults) {
        return new SeriesReader(LIMITS).readCsv(stream(body), defaults);
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

    static TimeSeries only(List<TimeSeries> series) {
        if (series.size() != 1) {
            throw new AssertionError(series.size() + " series");
        }
        return series.getFirst();
    }

    static Timeline timeline(TimeSeries series) {
        if (series.timeline() == null) {
            throw new AssertionError("no timeline");
        }
        return series.timeline();
    }
}
