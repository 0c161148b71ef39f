package io.foretide.series;

import io.foretide.problem.ProblemException;
import io.foretide.reading.Cells;
import io.foretide.reading.Doubles;
import io.foretide.reading.Findings;
import io.foretide.reading.Longs;
import io.foretide.reading.Places;
import io.foretide.reading.Quoted;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one series after the other from JSON objects, number by number. */
final class JsonSeries {
    private static final Set<String> OPTIONAL =
            Set.of("item_id", "start", "timestamps", "freq", "zone", "past", "future", "static");

    private final SeriesCollector<?> collector;
    private final Findings findings;
    private final Budget budget;
    private final SeriesDefaults defaults;
    private int index;

    JsonSeries(SeriesCollector<?> collector, SeriesDefaults defaults) {
        this.collector = collector;
        this.findings = collector.findings();
        this.budget = collector.budget();
        this.defaults = defaults;
    }

    /** Reads the value that the parser stands at. */
    void read(JsonParser parser, Places.Pointers places) {
        budget.addSeries(places.here());
        String itemId = Integer.toString(index++);
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            findings.invalid(places.here(), "A series is an object.");
            parser.skipChildren();
            return;
        }
        int known = findings.count();
        SeriesDraft draft = new SeriesDraft(itemId, places);
        draft.frequency = defaults.frequency();
        draft.zone = defaults.zone();
        new Fields(parser, draft, places).read();
        if (findings.count() == known && collector.admits(draft.itemId, places.field("item_id"))) {
            collector.add(draft);
        }
    }

    /** The fields of one series. */
    private final class Fields {
        private final JsonParser parser;
        private final SeriesDraft draft;
        private final Places.Pointers places;
        private final Supplier<String> here;
        private boolean hasTarget;

        Fields(JsonParser parser, SeriesDraft draft, Places.Pointers places) {
            this.parser = parser;
            this.draft = draft;
            this.places = places;
            this.here = places::here;
        }

        void read() {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value != JsonToken.VALUE_NULL || !OPTIONAL.contains(name)) {
                    read(name);
                }
            }
            if (!hasTarget) {
                findings.invalid(places.field("target"), "A series needs a target: an array of numbers.");
            }
            if (draft.start != null && draft.times != null) {
                findings.invalid(places.field("timestamps"), "Send start or timestamps, not both.");
            }
        }

        private void read(String name) {
            switch (name) {
                case "item_id" -> draft.itemId = text(name, draft.itemId);
                case "start" -> draft.start = time(() -> places.field(name)).orElse(null);
                case "timestamps" -> draft.times = times();
                case "freq" -> readFrequency();
                case "zone" -> readZone();
                case "target" -> {
                    hasTarget = true;
                    readNumbers(draft.target, name);
                }
                case "past" -> readColumns(draft.past, name);
                case "future" -> readColumns(draft.future, name);
                case "static" -> readFixed();
                default -> {
                    findings.invalid(
                            places.field(Places.Pointers.escaped(name)),
                            "Unknown field. A series has item_id, start or timestamps, freq, zone, target, past, future"
                                    + " and static.");
                    parser.skipChildren();
                }
            }
        }

        private String text(String path, String otherwise) {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return parser.getString();
            }
            findings.invalid(places.field(path), "Not a string.");
            parser.skipChildren();
            return otherwise;
        }

        private void readFrequency() {
            try {
                draft.frequency = Frequency.parse(text("freq", "D"));
            } catch (ProblemException problem) {
                findings.add(problem.type(), places.field("freq"), problem.detail());
            }
        }

        private void readZone() {
            try {
                draft.zone = SeriesDefaults.parseZone(text("zone", "UTC"));
            } catch (ProblemException problem) {
                findings.add(problem.type(), places.field("zone"), problem.detail());
            }
        }

        private Optional<SentTime> time(Supplier<String> place) {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                findings.invalid(place.get(), "Not a string. " + SentTime.ADVICE);
                parser.skipChildren();
                return Optional.empty();
            }
            Optional<SentTime> time = SentTime.parse(parser.getString());
            if (time.isEmpty()) {
                findings.invalid(place.get(), Quoted.of(parser.getString()) + " is not a time. " + SentTime.ADVICE);
            }
            return time;
        }

        private @Nullable Longs times() {
            if (!isArray("timestamps", "An array of times is needed.")) {
                return null;
            }
            Longs times = new Longs();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                budget.checkTimes(times.size() + 1, here);
                times.add(time(() -> places.entry("timestamps", times.size()))
                        .map(SentTime::pack)
                        .orElse(0L));
            }
            return times;
        }

        private boolean isArray(String path, String advice) {
            if (parser.hasToken(JsonToken.START_ARRAY)) {
                return true;
            }
            findings.invalid(places.field(path), advice);
            parser.skipChildren();
            return false;
        }

        private void readNumbers(Doubles values, String path) {
            if (!isArray(path, "An array of numbers is needed; null marks a missing one.")) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                budget.addNumber(here);
                values.add(number(path, values.size()));
            }
        }

        private double number(String path, int position) {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    double value = parser.getDoubleValue();
                    if (Cells.isTooLarge(value)) {
                        yield collector.tooLarge(places.entry(path, position), Cells.tooLarge(parser.getString()));
                    }
                    yield value;
                }
                case VALUE_NULL -> Double.NaN;
                case null, default -> {
                    double value = missing(places.entry(path, position));
                    parser.skipChildren();
                    yield value;
                }
            };
        }

        private double missing(String place) {
            String text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : "";
            if (Cells.isInfinite(text)) {
                return collector.tooLarge(place, Cells.tooLarge(text));
            }
            if (!text.equals("NaN")) {
                findings.invalid(place, "Not a number. Send a number, or null for a missing one.");
            }
            return Double.NaN;
        }

        private void readColumns(Map<String, Doubles> columns, String path) {
            if (!isObject(path, "An object of arrays is needed, each under the name of its covariate.")) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                String column = path + "/" + Places.Pointers.escaped(name);
                checkName(name, column);
                Doubles values = new Doubles();
                columns.put(name, values);
                budget.checkCovariates(draft.covariates(), here.get());
                parser.nextToken();
                readNumbers(values, column);
            }
        }

        private void readFixed() {
            if (!isObject("static", "An object of strings is needed.")) {
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                String path = "static/" + Places.Pointers.escaped(name);
                checkName(name, path);
                parser.nextToken();
                String value = text(path, "");
                budget.checkText(value, places.field(path));
                draft.fixed.put(name, value);
                budget.checkCovariates(draft.covariates(), here.get());
            }
        }

        private boolean isObject(String path, String advice) {
            if (parser.hasToken(JsonToken.START_OBJECT)) {
                return true;
            }
            findings.invalid(places.field(path), advice);
            parser.skipChildren();
            return false;
        }

        private void checkName(String name, String path) {
            budget.checkText(name, places.field(path));
            String flaw = Cells.flawOf(name);
            if (!flaw.isEmpty()) {
                findings.invalid(places.field(path), "The name " + flaw + ".");
            }
        }
    }
}
