package io.foretide.sequences;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Text;
import io.foretide.classification.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceWriterTest {
    @Test
    void writesWhatIsReadBackTheSame() {
        List<LabelledSequence> sequences = List.of(
                new LabelledSequence("a \"b\"", "ü", Values.of(new double[][] {{0.1, -1e-300}, {Double.NaN, 1.0 / 3}})),
                new LabelledSequence("b", "x", new Text("line\nline \ud83d\ude00 \u202e\u0000")));
        var out = new ByteArrayOutputStream();

        SequenceWriter.writeJsonLines(sequences, out);

        var reader = new SequenceReader(SequenceLimits.NONE, Labelling.REQUIRED);
        assertThat(reader.readJsonLines(new ByteArrayInputStream(out.toByteArray())))
                .isEqualTo(sequences);
    }
}
