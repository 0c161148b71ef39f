package io.foretide.series;

import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes series as JSON Lines, without loss: {@link SeriesReader#readJsonLines} reads the same series back. */
public final class SeriesWriter {
    private static final JsonFactory LINES = JsonFactory.builder()
            .rootValueSeparator("\n")
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private SeriesWriter() {}

    /** Writes one series a line; the stream stays open. */
    public static void writeJsonLines(List<TimeSeries> series, OutputStream out) {
        try (JsonGenerator json = LINES.createGenerator(ObjectWriteContext.empty(), out)) {
            for (TimeSeries one : series) {
                write(one, json);
            }
            json.writeRaw('\n');
        }
    }

    private static void write(TimeSeries series, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("item_id", series.itemId());
        if (series.frequency() != null) {
            json.writeStringProperty("freq", series.frequency().spelling());
        }
        if (series.timeline() != null) {
            writeTimes(series.timeline(), json);
        }
        json.writeName("target");
        write(series.target(), json);
        write("past", series.covariates().past(), json);
        write("future", series.covariates().future(), json);
        if (!series.covariates().fixed().isEmpty()) {
            json.writeObjectPropertyStart("static");
            series.covariates().fixed().forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void writeTimes(Timeline timeline, JsonGenerator json) {
        ZonedDateTime start = timeline.start();
        // The second of an hour that comes twice can only be told by its offset.
        ZonedDateTime reread = ZonedDateTime.ofLocal(start.toLocalDateTime(), start.getZone(), null);
        TimeStyle style = reread.isEqual(start) ? timeline.style() : TimeStyle.OFFSET;
        json.writeStringProperty("start", style.format(start));
        if (!start.getZone().equals(ZoneOffset.UTC)) {
            json.writeStringProperty("zone", start.getZone().getId());
        }
    }

    private static void write(String name, Map<String, double[]> columns, JsonGenerator json) {
        if (columns.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart(name);
        columns.forEach((column, values) -> {
            json.writeName(column);
            write(values, json);
        });
        json.writeEndObject();
    }

    private static void write(double[] values, JsonGenerator json) {
        json.writeStartArray();
        for (double value : values) {
            if (Double.isNaN(value)) {
                json.writeNull();
            } else {
                json.writeNumber(value);
            }
        }
        json.writeEndArray();
    }
}
