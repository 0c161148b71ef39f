package io.foretide.reading;

import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Makes something else of what another reader reads. */
record MappedReader<T, R>(DataReader<T> reader, Function<? super T, ? extends R> made) implements DataReader<R> {
    @Override
    public String name() {
        return reader.name();
    }

    @Override
    public List<String> parameters() {
        return reader.parameters();
    }

    @Override
    public DataReader<R> with(Function<String, @Nullable String> parameters) {
        return new MappedReader<>(reader.with(parameters), made);
    }

    @Override
    public R readJson(JsonParser parser, String pointer) {
        return made.apply(reader.readJson(parser, pointer));
    }

    @Override
    public R readJsonLines(InputStream body) {
        return made.apply(reader.readJsonLines(body));
    }

    @Override
    public boolean takesPlainText() {
        return reader.takesPlainText();
    }

    @Override
    public R readText(InputStream body) {
        return made.apply(reader.readText(body));
    }

    @Override
    public R readCsv(InputStream body) {
        return made.apply(reader.readCsv(body));
    }
}
