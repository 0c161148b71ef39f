package io.foretide.reading;

import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Reads the data of a request from JSON, JSON Lines and CSV.
 *
 * <p>What is wrong is a {@link io.foretide.problem.ProblemException} that names the JSON pointer
 * ({@code /series/0/target/17}), the line of a CSV ({@code line 17}), or both ({@code line 3: /target/17}), for up to ten
 * places. What cannot be read at all, as opposed to understood, is an {@link java.io.UncheckedIOException}. Streams and
 * parsers stay open.
 *
 * @param <T> what the data become
 */
public interface DataReader<T> {
    /** What the data are called in a JSON object, such as {@code series}. */
    String name();

    /** What rows cannot say themselves: the names of the query parameters that may come with them. */
    List<String> parameters();

    /**
     * The reader of rows that come with such parameters.
     *
     * @param parameters the value of each by its name; null where it was not sent
     */
    DataReader<T> with(Function<String, @Nullable String> parameters);

    /**
     * Reads the value that the parser stands at; afterwards it stands at its end.
     *
     * @param pointer where it stands in the body, such as {@code /series}; pointers of problems begin with it
     */
    T readJson(JsonParser parser, String pointer);

    /** Reads a JSON object a line. */
    T readJsonLines(InputStream body);

    /** Whether the data may be sent as plain text. */
    default boolean takesPlainText() {
        return false;
    }

    /** Reads plain text; only of a reader that takes it. */
    default T readText(InputStream body) {
        throw new UnsupportedOperationException(name() + " are not sent as plain text");
    }

    /** Reads rows below a header. */
    T readCsv(InputStream body);

    /** The reader that makes something else of the same data. */
    default <R> DataReader<R> map(Function<? super T, ? extends R> made) {
        return new MappedReader<>(this, made);
    }
}
