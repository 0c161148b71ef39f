package io.foretide.sequences;

import static io.foretide.sequences.Reading.json;
import static io.foretide.sequences.Reading.pointers;
import static io.foretide.sequences.Reading.problem;
import static io.foretide.sequences.Reading.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSequencesTest {
    @Test
    void readsValuesOfSeveralChannelsAndTexts() {
        List<LabelledSequence> read = json("""
                [{"id":"a","label":"rain","values":[[1,2.5],[null,"NaN"]]}, {"id":"b","text":"a fine day"}]""");

        assertThat(read)
                .containsExactly(
                        new LabelledSequence("a", "rain", Values.of(new double[][] {{1, 2.5}, {Double.NaN, Double.NaN}
                        })),
                        new LabelledSequence("b", null, new Text("a fine day")));
    }

    @Test
    void takesANumberForAStepOfOneChannel() {
        assertThat(json("[{\"id\":\"a\",\"values\":[1,null,3]}]"))
                .containsExactly(new LabelledSequence("a", null, Values.of(1, Double.NaN, 3)));
    }

    @Test
    void namesSequencesWithoutAnIdByTheirPlace() {
        assertThat(json("[{\"text\":\"x\"},{\"text\":\"y\"}]"))
                .extracting(LabelledSequence::id)
                .containsExactly("0", "1");
    }

    @Test
    void readsALineASequence() {
        var reader = new SequenceReader(Reading.LIMITS, Labelling.REQUIRED);

        List<LabelledSequence> read = reader.readJsonLines(stream(
                "{\"id\":\"a\",\"label\":\"x\",\"values\":[1]}\n\n{\"id\":\"b\",\"label\":\"y\",\"values\":[2]}\n"));

        assertThat(read).extracting(LabelledSequence::label).containsExactly("x", "y");
        ProblemException problem = problem(
                () -> reader.readJsonLines(stream("{\"id\":\"a\",\"label\":\"x\",\"values\":[1]}\n{\"text\":3}\n")));
        assertThat(pointers(problem)).first().isEqualTo("line 2: /text");
    }

    @Test
    void readsHalvesOfCharactersAsReplacementCharacters() {
        assertThat(json("[{\"text\":\"a\\ud800b\\udc00 \\ud83d\\ude00\"}]"))
                .extracting(LabelledSequence::content)
                .containsExactly(new Text("a\ufffdb\ufffd \ud83d\ude00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"a"}                                    | INVALID_REQUEST  | /sequences/0               | needs values
            {"values":[1],"text":"x"}                     | INVALID_REQUEST  | /sequences/0/text          | not both
            {"values":[1],"channel":2}                    | INVALID_REQUEST  | /sequences/0/channel       | Unknown field
            {"values":3}                                  | INVALID_REQUEST  | /sequences/0/values        | An array
            {"values":[[1],["x"]]}                        | INVALID_REQUEST  | /sequences/0/values/1/0    | Not a number
            {"values":[[1],[true]]}                       | INVALID_REQUEST  | /sequences/0/values/1/0    | Not a number
            {"values":[[1,[2]]]}                          | INVALID_REQUEST  | /sequences/0/values/0/1    | Not a number
            {"values":[]}                                 | INVALID_SEQUENCE | /sequences/0/values        | one step at least
            {"values":[[]]}                               | INVALID_SEQUENCE | /sequences/0/values/0      | one number at least
            {"values":[[1,2],[3]]}                        | INVALID_SEQUENCE | /sequences/0/values/1      | 1 channels, and the first one 2
            {"values":[[1e200]]}                          | INVALID_SEQUENCE | /sequences/0/values/0/0    | too large
            {"values":[["-Infinity"]]}                    | INVALID_SEQUENCE | /sequences/0/values/0/0    | too large
            {"id":7,"text":"x"}                           | INVALID_REQUEST  | /sequences/0/id            | Not a string
            {"id":"","text":"x"}                          | INVALID_REQUEST  | /sequences/0/id            | is empty
            {"text":"x","label":"a\\nb"}                  | INVALID_REQUEST  | /sequences/0/label         | control characters
            {"text":"x","label":3}                        | INVALID_REQUEST  | /sequences/0/label         | Not a string
            {"text":["x"]}                                | INVALID_REQUEST  | /sequences/0/text          | Not a string
            "x"                                           | INVALID_REQUEST  | /sequences/0               | is an object
            {"text":"x","id":"1"},{"text":"y","id":"1"}   | INVALID_SEQUENCE | /sequences/1/id            | has the id "1" already
            {"text":"x","id":"far too long for one id"}   | LIMIT_EXCEEDED   | /sequences/0/id            | 20 are allowed
            {"text":"x","label":"far too long for a label"} | LIMIT_EXCEEDED | /sequences/0/label         | 20 are allowed
            {"values":[[1,2,3,4]]}                        | LIMIT_EXCEEDED   | /sequences/0/values/0      | more than 3 channels
            """)
    void saysWhatIsWrongAndWhere(String sequences, ProblemType type, String pointer, String detail) {
        ProblemException problem = problem(() -> json("[" + sequences + "]"));

        assertThat(problem.type()).isEqualTo(type);
        assertThat(pointers(problem)).first().isEqualTo(pointer);
        assertThat(problem.detail()).contains(detail);
    }

    @Test
    void needsLabelsWhereTheyAreLearnedFrom() {
        String unlabelled = "[{\"text\":\"x\",\"label\":\"a\"},{\"text\":\"y\"},{\"text\":\"z\",\"label\":\"\"}]";

        ProblemException problem = problem(() -> json(unlabelled, Labelling.REQUIRED));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SEQUENCE);
        assertThat(pointers(problem)).containsExactly("/sequences/1/label", "/sequences/2/label");
        assertThat(json(unlabelled)).hasSize(3);
    }

    @Test
    void endsTheReadingBeyondALimit() {
        String many = "{\"text\":\"x\"},".repeat(6) + "{\"text\":\"x\"}";
        String numbers = "1,".repeat(100) + "1";
        String text = "x".repeat(51);

        assertThat(problem(() -> json("[" + many + "]")).detail()).contains("/sequences/5", "more than 5 sequences");
        assertThat(problem(() -> json("[{\"values\":[" + numbers + "]}]")).detail())
                .contains("/sequences/0", "more than 100 numbers", "foretide.sequences.max-numbers");
        assertThat(problem(() -> json("[{\"text\":\"" + text + "\"}]")).detail())
                .contains("/sequences/0/text", "51 characters where 50 are allowed");
    }

    @Test
    void needsASequence() {
        assertThat(problem(() -> json("[]")).detail()).contains("Send at least one");
        assertThat(problem(() -> json("{}")).detail()).contains("An array of sequences is needed");
        assertThat(problem(() -> json("[{\"values\":[1,")).type()).isEqualTo(ProblemType.MALFORMED_BODY);
    }
}
