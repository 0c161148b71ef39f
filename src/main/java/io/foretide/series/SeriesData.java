package io.foretide.series;

import io.foretide.reading.DataReader;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Series as the data of a request. */
record SeriesData<T>(BodyReader<T> reader, SeriesDefaults defaults) implements DataReader<List<T>> {
    @Override
    public String name() {
        return "series";
    }

    @Override
    public List<String> parameters() {
        return SeriesDefaults.PARAMETERS;
    }

    @Override
    public DataReader<List<T>> with(Function<String, @Nullable String> parameters) {
        return new SeriesData<>(reader, SeriesDefaults.ofParameters(parameters));
    }

    @Override
    public List<T> readJson(JsonParser parser, String pointer) {
        return reader.readJson(parser, pointer, defaults);
    }

    @Override
    public List<T> readJsonLines(InputStream body) {
        return reader.readJsonLines(body, defaults);
    }

    @Override
    public List<T> readCsv(InputStream body) {
        return reader.readCsv(body, defaults);
    }
}
