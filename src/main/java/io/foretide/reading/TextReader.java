package io.foretide.reading;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one text. Half of a surrogate pair becomes U+FFFD. */
public final class TextReader implements DataReader<String> {
    private final String name;
    private final int mostCharacters;
    private final String limit;

    /**
     * A reader that refuses longer texts.
     *
     * @param limit the property that says how long they may be
     */
    public TextReader(String name, int mostCharacters, String limit) {
        this.name = name;
        this.mostCharacters = mostCharacters;
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public DataReader<String> with(Function<String, @Nullable String> parameters) {
        return this;
    }

    @Override
    public String readJson(JsonParser parser, String pointer) {
        try {
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw new ProblemException(ProblemType.INVALID_REQUEST, pointer + ": Not a string.")
                        .at(pointer, "Not a string.");
            }
            String text = Halves.replaced(parser.getString());
            require(text.length(), pointer);
            return text;
        } catch (JacksonException malformed) {
            throw JsonStreams.malformed(malformed, pointer);
        }
    }

    @Override
    public boolean takesPlainText() {
        return true;
    }

    @Override
    public String readText(InputStream body) {
        StringBuilder text = new StringBuilder();
        char[] some = new char[1 << 14];
        try {
            // Not closed here: the stream belongs to who opened it.
            Utf8Reader reader = new Utf8Reader(body);
            for (int read = reader.read(some, 0, some.length); read >= 0; read = reader.read(some, 0, some.length)) {
                text.append(some, 0, read);
                require(text.length(), "line 1");
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return text.toString();
    }

    private void require(int characters, String place) {
        if (characters > mostCharacters) {
            throw Findings.exceeded(
                    place,
                    "a text of more than " + mostCharacters + " characters",
                    mostCharacters,
                    "Send a shorter one, or raise " + limit + ".");
        }
    }

    @Override
    public String readJsonLines(InputStream body) {
        throw hasNoRows();
    }

    @Override
    public String readCsv(InputStream body) {
        throw hasNoRows();
    }

    private static ProblemException hasNoRows() {
        return new ProblemException(
                ProblemType.UNSUPPORTED_MEDIA_TYPE,
                "A text has no rows. Send it as text/plain, or in JSON as application/json.");
    }
}
