package io.foretide.sequences;

import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes sequences as JSON Lines, without loss: {@link SequenceReader#readJsonLines} reads the same sequences back. */
public final class SequenceWriter {
    private static final JsonFactory LINES = JsonFactory.builder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private SequenceWriter() {}

    /** Writes one sequence a line; the stream stays open. */
    public static void writeJsonLines(List<LabelledSequence> sequences, OutputStream out) {
        try (JsonGenerator json = LINES.createGenerator(ObjectWriteContext.empty(), out)) {
            for (LabelledSequence one : sequences) {
                write(one, json);
            }
            json.writeRaw('\n');
        }
    }

    private static void write(LabelledSequence sequence, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("id", sequence.id());
        if (sequence.label() != null) {
            json.writeStringProperty("label", sequence.label());
        }
        switch (sequence.content()) {
            case Text(String text) -> json.writeStringProperty("text", text);
            case Values values -> write(values, json);
        }
        json.writeEndObject();
    }

    private static void write(Values values, JsonGenerator json) {
        json.writeArrayPropertyStart("values");
        for (int step = 0; step < values.steps(); step++) {
            json.writeStartArray();
            for (int channel = 0; channel < values.channels(); channel++) {
                double value = values.at(step, channel);
                if (Double.isNaN(value)) {
                    json.writeNull();
                } else {
                    json.writeNumber(value);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
