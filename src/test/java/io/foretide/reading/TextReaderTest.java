package io.foretide.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

class TextReaderTest {
    private static final String EVERY_PLANE = "a é — 日本 שלום 😀 \u0000\u0007\u200D\r\n\t \uFFFF \uDBFF\uDFFD";

    private final TextReader reader = new TextReader("text", 100, "foretide.text.max-length");

    private String json(String value) {
        try (JsonParser parser = JsonStreams.factory().createParser(ObjectReadContext.empty(), value)) {
            parser.nextToken();
            return reader.readJson(parser, "/data/text");
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemException problem(ThrowingCallable reading) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, reading);
        assertThat(problem).isNotNull();
        return problem;
    }

    @Test
    void readsCharactersOfEveryPlane() {
        var escaped = new StringBuilder();
        EVERY_PLANE.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));

        assertThat(json("\"" + escaped + "\"")).isEqualTo(EVERY_PLANE);
        assertThat(reader.readText(stream(EVERY_PLANE))).isEqualTo(EVERY_PLANE);
    }

    @Test
    void leavesAByteOrderMarkOut() {
        assertThat(reader.readText(stream("\uFEFFa"))).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d"})
    void replacesHalvesOfSurrogatePairs(String halves) {
        int count = halves.length() / 6;

        assertThat(json("\"a" + halves + "b\"")).isEqualTo("a" + "\uFFFD".repeat(count) + "b");
    }

    @Test
    void refusesWhatIsNoText() {
        for (String value : new String[] {"1", "null", "[\"a\"]", "{}", "true"}) {
            ProblemException problem = problem(() -> json(value));

            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_REQUEST);
            assertThat(problem.places().getFirst().pointer()).isEqualTo("/data/text");
        }
        assertThat(problem(() -> json("\"a")).type()).isEqualTo(ProblemType.MALFORMED_BODY);
    }

    @Test
    void refusesBytesThatAreNoText() {
        var latin = new ByteArrayInputStream(new byte[] {'a', '\n', (byte) 0xE9, 'b'});

        ProblemException problem = problem(() -> reader.readText(latin));

        assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BODY);
        assertThat(problem.places().getFirst().pointer()).isEqualTo("line 2");
    }

    @Test
    void refusesMoreThanTheLimitAndNamesIt() {
        String longest = "x".repeat(100);

        assertThat(reader.readText(stream(longest))).isEqualTo(longest);
        assertThat(json("\"" + longest + "\"")).isEqualTo(longest);
        ProblemException plain = problem(() -> reader.readText(stream(longest + "x")));
        ProblemException json = problem(() -> json("\"" + longest + "x\""));

        assertThat(plain.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(json.type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
        assertThat(json.detail()).contains("more than 100 characters", "foretide.text.max-length");
    }

    @Test
    void hasNoRows() {
        assertThat(problem(() -> reader.readCsv(stream("a"))).type()).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        assertThat(problem(() -> reader.readJsonLines(stream("{}"))).type())
                .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
    }
}
