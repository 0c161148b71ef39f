package io.foretide.streaming;

import static io.foretide.problem.JsonPointers.child;
import static io.foretide.streaming.SessionProblems.invalid;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.SentTime;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads numbers of messages as they stream by: there are many thousand of these a second, and binding would make a tree of each.
 */
final class ObservationReader {
    private static final int FIRST_POINTS = 64;

    /** No model has more. */
    private static final int MOST_CHANNELS = 256;

    private static final double[] NO_LIST = {};

    private final int mostCovariates;
    private final int mostSteps;

    /**
     * @param mostCovariates the most of a kind
     * @param mostSteps the most steps that a covariate is known ahead
     */
    ObservationReader(int mostCovariates, int mostSteps) {
        this.mostCovariates = mostCovariates;
        this.mostSteps = mostSteps;
    }

    /** Reads the fields of an observation up to the end of its object. */
    ClientMessage.Observe readObservation(JsonParser parser) {
        return read(parser, new Draft(null, Draft.OF_VALUES), "").observe("");
    }

    /** Reads the fields of a piece of text up to the end of its object. */
    ClientMessage.Text readText(JsonParser parser) {
        return read(parser, new Draft(null, Draft.OF_TEXT), "").text("");
    }

    /**
     * Reads an observation or a piece of text, of a session that is known already.
     *
     * @param pointer where the object stands
     */
    ClientMessage readEither(JsonParser parser, String session, String pointer) {
        Draft draft = read(parser, new Draft(session, Draft.OF_EITHER), pointer);
        return draft.text == null ? draft.observe(pointer) : draft.text(pointer);
    }

    private static Draft read(JsonParser parser, Draft draft, String pointer) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            draft.read(parser, name, pointer);
        }
        return draft;
    }

    /** The fields of one observation, or of a piece of text. */
    private final class Draft {
        private static final List<String> OF_VALUES = List.of("value", "time", "past", "future");
        private static final List<String> OF_TEXT = List.of("text");
        private static final List<String> OF_EITHER = List.of("value", "time", "past", "future", "text");

        private final @Nullable String givenSession;
        private final List<String> known;
        private @Nullable String session;
        private @Nullable String eventId;
        private long seq;
        private double value;
        private double[] channels = NO_LIST;
        private boolean hasValue;
        private @Nullable String text;
        private @Nullable SentTime time;
        private Map<String, Double> past = Map.of();
        private Map<String, double[]> future = Map.of();

        Draft(@Nullable String session, List<String> known) {
            this.givenSession = session;
            this.session = session;
            this.known = known;
        }

        void read(JsonParser parser, String name, String pointer) {
            switch (name) {
                case "session" -> {
                    refuseWhereGiven(pointer, name);
                    session = ObservationReader.text(parser, pointer, name);
                }
                case "seq" -> seq = count(parser, pointer, name);
                case "event_id" -> eventId = eventId(parser, pointer, name);
                case "type" -> refuseWhereGiven(pointer, name);
                default -> {
                    if (!known.contains(name)) {
                        throw invalid(
                                child(pointer, name),
                                "is unknown; known here: event_id, session, seq, " + String.join(", ", known));
                    }
                    readContent(parser, name, pointer);
                }
            }
        }

        private void readContent(JsonParser parser, String name, String pointer) {
            switch (name) {
                case "value" -> readValue(parser, name, pointer);
                case "time" -> time = time(parser, pointer, name);
                case "past" -> past = readPast(parser, child(pointer, name));
                case "future" -> future = readFuture(parser, child(pointer, name));
                default -> text = ObservationReader.text(parser, pointer, name);
            }
        }

        private void readValue(JsonParser parser, String name, String pointer) {
            hasValue = true;
            if (parser.hasToken(JsonToken.START_ARRAY)) {
                channels = numbers(parser, child(pointer, name), MOST_CHANNELS);
            } else {
                value = number(parser, pointer, name);
                channels = NO_LIST;
            }
        }

        /** An address that says the session says what is done with it as well. */
        private void refuseWhereGiven(String pointer, String name) {
            if (givenSession != null) {
                throw invalid(child(pointer, name), "is unknown here; the address says it");
            }
        }

        ClientMessage.Observe observe(String pointer) {
            String whose = session(pointer);
            if (!hasValue) {
                throw invalid(child(pointer, "value"), "is required; null marks a missing one");
            }
            return new ClientMessage.Observe(eventId, new Observation(whose, seq, value, channels, time, past, future));
        }

        ClientMessage.Text text(String pointer) {
            String whose = session(pointer);
            if (text == null) {
                throw invalid(child(pointer, "text"), "is required");
            }
            if (hasValue) {
                throw invalid(child(pointer, "value"), "stands beside a text: send one of the two");
            }
            return new ClientMessage.Text(eventId, whose, seq, text);
        }

        private String session(String pointer) {
            if (session == null) {
                throw invalid(child(pointer, "session"), "is required");
            }
            if (seq == 0) {
                throw invalid(child(pointer, "seq"), "is required");
            }
            return session;
        }
    }

    /** Reads the list of a frame of many observations; the parser stands at its start, and afterwards at its end. */
    Points readPoints(JsonParser parser) {
        if (!parser.hasToken(JsonToken.START_ARRAY)) {
            throw invalid("/points", "must be a list of [session, seq, value]");
        }
        String[] sessions = new String[FIRST_POINTS];
        long[] seqs = new long[FIRST_POINTS];
        double[] values = new double[FIRST_POINTS];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == sessions.length) {
                sessions = Arrays.copyOf(sessions, 2 * count);
                seqs = Arrays.copyOf(seqs, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            if (!parser.hasToken(JsonToken.START_ARRAY) || parser.nextToken() != JsonToken.VALUE_STRING) {
                throw notAPoint(count);
            }
            sessions[count] = parser.getString();
            nextEntry(parser, count);
            seqs[count] = count(parser, point(count), "1");
            nextEntry(parser, count);
            values[count] = number(parser, point(count), "2");
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                throw notAPoint(count);
            }
            count++;
        }
        return new Points(Arrays.copyOf(sessions, count), Arrays.copyOf(seqs, count), Arrays.copyOf(values, count));
    }

    private static void nextEntry(JsonParser parser, int point) {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            throw notAPoint(point);
        }
    }

    private static ProblemException notAPoint(int index) {
        return invalid(point(index), "must be a list of a session, its count and a number");
    }

    private static String point(int index) {
        return "/points/" + index;
    }

    private Map<String, Double> readPast(JsonParser parser, String pointer) {
        requireObject(parser, pointer);
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            values.put(name, number(parser, pointer, name));
            requireFew(values, pointer);
        }
        return values;
    }

    /** Reads covariates that are known ahead: a number is that of the next step. */
    Map<String, double[]> readFuture(JsonParser parser, String pointer) {
        requireObject(parser, pointer);
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            values.put(
                    name,
                    parser.nextToken() == JsonToken.START_ARRAY
                            ? numbers(parser, child(pointer, name), mostSteps)
                            : new double[] {number(parser, pointer, name)});
            requireFew(values, pointer);
        }
        return values;
    }

    private static double[] numbers(JsonParser parser, String pointer, int most) {
        double[] values = new double[8];
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count == most) {
                throw invalid(pointer, "must hold at most " + most + " numbers");
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count] = number(parser, pointer, "" + count);
            count++;
        }
        if (count == 0) {
            throw invalid(pointer, "must hold a number, or be left out");
        }
        return Arrays.copyOf(values, count);
    }

    private void requireFew(Map<String, ?> covariates, String pointer) {
        if (covariates.size() > mostCovariates) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "%s holds more than %d covariates. Send fewer, or raise foretide.series.max-covariates."
                                    .formatted(pointer, mostCovariates))
                    .with("limit", mostCovariates)
                    .at(pointer);
        }
    }

    private static void requireObject(JsonParser parser, String pointer) {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            throw invalid(pointer, "must be an object, with a covariate under each name");
        }
    }

    /** The name that a client gave to its message. */
    static @Nullable String eventId(JsonParser parser, String pointer, String name) {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        String eventId = text(parser, pointer, name);
        if (eventId.length() > ClientMessage.LONGEST_EVENT_ID) {
            throw invalid(child(pointer, name), "must have at most " + ClientMessage.LONGEST_EVENT_ID + " characters");
        }
        return eventId;
    }

    /** Pointers are made of two parts, as most values need none. */
    static String text(JsonParser parser, String pointer, String name) {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw invalid(child(pointer, name), "must be text");
        }
        return parser.getString();
    }

    private static @Nullable SentTime time(JsonParser parser, String pointer, String name) {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return null;
        }
        return SentTime.parse(text(parser, pointer, name))
                .orElseThrow(() -> invalid(child(pointer, name), "is not a time: " + SentTime.ADVICE));
    }

    /** A count from 1. */
    private static long count(JsonParser parser, String pointer, String name) {
        boolean isLong = parser.hasToken(JsonToken.VALUE_NUMBER_INT)
                && switch (parser.getNumberType()) {
                    case INT, LONG -> true;
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> false;
                };
        if (!isLong || parser.getLongValue() < 1) {
            throw invalid(child(pointer, name), "must be a whole number from 1");
        }
        return parser.getLongValue();
    }

    private static double number(JsonParser parser, String pointer, String name) {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                double value = parser.getDoubleValue();
                if (Math.abs(value) > TimeSeries.LARGEST_VALUE) {
                    throw invalid(child(pointer, name), "must lie between -1e150 and 1e150");
                }
                yield value;
            }
            case VALUE_NULL -> Double.NaN;
            case VALUE_STRING -> {
                if (!parser.getString().equals("NaN")) {
                    throw notANumber(pointer, name);
                }
                yield Double.NaN;
            }
            case null, default -> throw notANumber(pointer, name);
        };
    }

    private static ProblemException notANumber(String pointer, String name) {
        return invalid(child(pointer, name), "must be a number, or null for a missing one");
    }
}
