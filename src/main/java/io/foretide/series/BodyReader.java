package io.foretide.series;

import io.foretide.reading.DataReader;
import io.foretide.reading.JsonLines;
import io.foretide.reading.JsonStreams;
import io.foretide.reading.Places;
import java.io.InputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads what a body says about series from JSON, JSON Lines and CSV, by the rules of a {@link DataReader}. Reading streams:
 * each number is held once.
 *
 * @param <T> what each series becomes
 */
public abstract sealed class BodyReader<T> permits SeriesReader, SentSeriesReader, TracedSeriesReader {
    /** The series of a request, which say everything themselves unless they are rows with parameters. */
    public final DataReader<List<T>> data() {
        return new SeriesData<>(this, SeriesDefaults.NONE);
    }

    /** What gathers the series of one body. */
    abstract SeriesCollector<T> collector();

    /**
     * Reads an array of series; the parser stands at its start, and afterwards at its end.
     *
     * @param pointer where the array stands in the body, such as {@code /series}; pointers of problems begin with it
     */
    public final List<T> readJson(JsonParser parser, String pointer, SeriesDefaults defaults) {
        SeriesCollector<T> collector = collector();
        JsonSeries series = new JsonSeries(collector, defaults);
        int index = 0;
        try {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                collector.findings().invalid(pointer, "An array of series is needed.");
                collector.findings().throwIfAny();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                series.read(parser, Places.Pointers.in(pointer + "/" + index));
                index++;
            }
        } catch (JacksonException malformed) {
            collector.findings().throwIfAny();
            throw JsonStreams.malformed(malformed, pointer + "/" + index);
        }
        return collector.finish(pointer);
    }

    /**
     * Reads one series; the parser stands at its value, and afterwards at its end.
     *
     * @param pointer where the series stands in the body, such as {@code /series}; pointers of problems begin with it
     */
    public final T readJsonObject(JsonParser parser, String pointer) {
        SeriesCollector<T> collector = collector();
        try {
            new JsonSeries(collector, SeriesDefaults.NONE).read(parser, Places.Pointers.in(pointer));
        } catch (JacksonException malformed) {
            collector.findings().throwIfAny();
            throw JsonStreams.malformed(malformed, pointer);
        }
        return collector.finish(pointer).getFirst();
    }

    /** Reads one series a line, each an object of JSON. */
    public final List<T> readJsonLines(InputStream body, SeriesDefaults defaults) {
        SeriesCollector<T> collector = collector();
        new JsonLines(body, collector.findings()).read(new JsonSeries(collector, defaults)::read);
        return collector.finish("line 1");
    }

    /**
     * Reads a row an observation: {@code item_id,timestamp,target} or {@code unique_id,ds,y}, and further columns of
     * numbers, which are past covariates. The rows of one series are in the order of time, but may lie between those of
     * others.
     */
    public final List<T> readCsv(InputStream body, SeriesDefaults defaults) {
        SeriesCollector<T> collector = collector();
        new CsvSeries(body, collector, defaults).read();
        return collector.finish("line 1");
    }
}
