package io.foretide.sequences;

import static io.foretide.sequences.Reading.csv;
import static io.foretide.sequences.Reading.pointers;
import static io.foretide.sequences.Reading.problem;
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

class CsvSequencesTest {
    @Test
    void sortsRowsIntoSequencesOfValues() {
        List<LabelledSequence> read = csv("""
                id,step,label,x,y
                a,0,rain,1,2
                b,0,sun,3,
                a,1,,5,6
                b,1,sun,NaN,8
                """);

        assertThat(read)
                .containsExactly(
                        new LabelledSequence("a", "rain", Values.of(new double[][] {{1, 2}, {5, 6}})),
                        new LabelledSequence("b", "sun", Values.of(new double[][] {{3, Double.NaN}, {Double.NaN, 8}})));
    }

    @Test
    void fillsSkippedStepsWithMissingValues() {
        assertThat(csv("id,step,x\na,7,1\na,10,2\n"))
                .containsExactly(new LabelledSequence("a", null, Values.of(1, Double.NaN, Double.NaN, 2)));
    }

    @Test
    void takesRowsInTheirOrderWhereNoStepIsNamed() {
        assertThat(csv("x,id\n1,a\n2,a\n")).containsExactly(new LabelledSequence("a", null, Values.of(1, 2)));
    }

    @Test
    void readsARowAText() {
        assertThat(csv("id,label,text\na,good,\"fine, and\nquiet\"\nb,,\n"))
                .containsExactly(
                        new LabelledSequence("a", "good", new Text("fine, and\nquiet")),
                        new LabelledSequence("b", null, new Text("")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            step,x;0,1                       | INVALID_REQUEST  | line 1 | There is no column id
            id,label;a,b                     | INVALID_REQUEST  | line 1 | no column of values
            id,text,x;a,b,1                  | INVALID_REQUEST  | line 1 | Beside a text there is the column "x"
            id,text,step;a,b,1               | INVALID_REQUEST  | line 1 | Beside a text there is the column "step"
            id,x,X;a,1,2                     | INVALID_REQUEST  | line 1 | Two columns are named "X"
            id,step,x;a,one,1                | INVALID_REQUEST  | line 2 | "one" is not a whole number
            id,step,x;a,1,1;a,1,2            | INVALID_SEQUENCE | line 3 | does not come after step 1
            id,step,x;a,2,1;b,1,1;a,1,2      | INVALID_SEQUENCE | line 4 | does not come after step 2
            id,step,x;a,1,1;a,999999999999,2 | LIMIT_EXCEEDED   | line 3 | skips 999999999997 steps
            id,x;a,one                       | INVALID_REQUEST  | line 2 | x: "one" is not a number
            id,x;a,1e999                     | INVALID_SEQUENCE | line 2 | too large
            id,x;a,inf                       | INVALID_SEQUENCE | line 2 | too large
            id,x;a,1,2                       | MALFORMED_BODY   | line 2 | 3 cells where the header names 2
            id,label,x;a,u,1;a,v,2           | INVALID_SEQUENCE | line 3 | has the label "u", and here "v"
            id,text;a,x;a,y                  | INVALID_SEQUENCE | line 3 | has the id "a" already
            id,x;,1                          | INVALID_REQUEST  | line 2 | The id is empty
            id,a,b,c,d;a,1,2,3,4             | LIMIT_EXCEEDED   | line 1 | more than 3 channels
            """)
    void saysWhatIsWrongAndInWhichLine(String rows, ProblemType type, String line, String detail) {
        ProblemException problem = problem(() -> csv(rows.replace(';', '\n') + "\n"));

        assertThat(problem.type()).isEqualTo(type);
        assertThat(pointers(problem)).first().isEqualTo(line);
        assertThat(problem.detail()).contains(detail);
    }

    @Test
    void needsLabelsWhereTheyAreLearnedFrom() {
        ProblemException problem = problem(() -> csv("id,x\na,1\nb,1\na,2\n", Labelling.REQUIRED));

        assertThat(problem.type()).isEqualTo(ProblemType.INVALID_SEQUENCE);
        assertThat(pointers(problem)).containsExactly("line 2", "line 3");
    }

    @Test
    void needsRows() {
        assertThat(problem(() -> csv("")).detail()).contains("The body is empty");
        assertThat(problem(() -> csv("id,x\n")).detail()).contains("There are no sequences");
    }
}
