package io.foretide.sequences;

import io.foretide.classification.Sequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.reading.Cells;
import io.foretide.reading.Doubles;
import io.foretide.reading.Findings;
import io.foretide.reading.Halves;
import io.foretide.reading.Places;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one sequence after the other from JSON objects, number by number. */
final class JsonSequences {
    private final SequenceCollector collector;
    private final Findings findings;
    private int index;

    JsonSequences(SequenceCollector collector) {
        this.collector = collector;
        this.findings = collector.findings();
    }

    /** Reads the value that the parser stands at. */
    void read(JsonParser parser, Places.Pointers places) {
        collector.begin(places.here());
        String position = Integer.toString(index++);
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            findings.invalid(places.here(), "A sequence is an object.");
            parser.skipChildren();
            return;
        }
        int known = findings.count();
        Fields fields = new Fields(parser, places, position);
        fields.read();
        if (findings.count() == known && collector.admitsId(fields.id, places.field("id"))) {
            collector.add(fields.id, fields.label, fields.content(), places.field("label"));
        }
    }

    /** The fields of one sequence. */
    private final class Fields {
        private final JsonParser parser;
        private final Places.Pointers places;
        private final Supplier<String> here;
        private String id;
        private @Nullable String label;
        private @Nullable String text;
        private @Nullable Doubles values;

        /** Of each step; 0 before the first. */
        private int channels;

        private int steps;

        Fields(JsonParser parser, Places.Pointers places, String position) {
            this.parser = parser;
            this.places = places;
            this.here = places::here;
            this.id = position;
        }

        void read() {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (parser.nextToken() != JsonToken.VALUE_NULL) {
                    read(name);
                }
            }
            if (values == null && text == null) {
                findings.invalid(
                        places.here(),
                        "A sequence needs values, an array with an array of numbers for each step, or a text.");
            } else if (values != null && text != null) {
                findings.invalid(places.field("text"), "Send values or a text, not both.");
            }
        }

        private void read(String name) {
            switch (name) {
                case "id" -> id = string(name, id);
                case "label" -> {
                    String sent = string(name, "");
                    boolean taken = !sent.isEmpty() && collector.admitsName("label", sent, places.field(name));
                    label = taken ? sent : null;
                }
                case "text" -> {
                    text = Halves.replaced(string(name, ""));
                    collector.requireLength(text, places.field(name));
                }
                case "values" -> readSteps();
                default -> {
                    findings.invalid(
                            places.field(Places.Pointers.escaped(name)),
                            "Unknown field. A sequence has id, label, and values or text.");
                    parser.skipChildren();
                }
            }
        }

        private String string(String path, String otherwise) {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                return parser.getString();
            }
            findings.invalid(places.field(path), "Not a string.");
            parser.skipChildren();
            return otherwise;
        }

        private void readSteps() {
            Doubles numbers = new Doubles();
            values = numbers;
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                findings.invalid(places.field("values"), "An array with an array of numbers for each step is needed.");
                parser.skipChildren();
                return;
            }
            for (; parser.nextToken() != JsonToken.END_ARRAY; steps++) {
                int before = numbers.size();
                readStep(numbers);
                requireChannels(numbers.size() - before);
            }
            if (steps == 0) {
                findings.impossible(places.field("values"), "A sequence has one step at least.");
            }
        }

        /** A number alone is a step of one channel. */
        private void readStep(Doubles numbers) {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                collector.addNumber(here);
                numbers.add(number(0));
                return;
            }
            for (int channel = 0; parser.nextToken() != JsonToken.END_ARRAY; channel++) {
                collector.addNumber(here);
                numbers.add(number(channel));
            }
        }

        private void requireChannels(int found) {
            if (steps == 0) {
                channels = found;
                collector.requireChannels(found, places.entry("values", 0));
            }
            if (found == 0) {
                findings.impossible(places.entry("values", steps), "A step has one number at least.");
            } else if (found != channels) {
                findings.impossible(
                        places.entry("values", steps),
                        "This step has %d channels, and the first one %d.".formatted(found, channels));
            }
        }

        private double number(int channel) {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                    double value = parser.getDoubleValue();
                    yield Cells.isTooLarge(value) ? tooLarge(channel, parser.getString()) : value;
                }
                case VALUE_NULL -> Double.NaN;
                case null, default -> {
                    double value = missing(channel);
                    parser.skipChildren();
                    yield value;
                }
            };
        }

        private double missing(int channel) {
            String word = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getString() : "";
            if (Cells.isInfinite(word)) {
                return tooLarge(channel, word);
            }
            if (!word.equals("NaN")) {
                findings.invalid(place(channel), "Not a number. Send a number, or null for a missing one.");
            }
            return Double.NaN;
        }

        private double tooLarge(int channel, String number) {
            findings.impossible(place(channel), Cells.tooLarge(number));
            return Double.NaN;
        }

        private String place(int channel) {
            return places.entry("values/" + steps, channel);
        }

        Sequence content() {
            return values == null ? new Text(String.valueOf(text)) : Values.of(channels, values.release());
        }
    }
}
