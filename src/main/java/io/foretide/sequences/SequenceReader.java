package io.foretide.sequences;

import io.foretide.classification.LabelledSequence;
import io.foretide.problem.ProblemType;
import io.foretide.reading.DataReader;
import io.foretide.reading.JsonLines;
import io.foretide.reading.JsonStreams;
import io.foretide.reading.Places;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads sequences of values and of text. Each number is held once; half of a surrogate pair becomes U+FFFD. */
public final class SequenceReader implements DataReader<List<LabelledSequence>> {
    private final SequenceLimits limits;
    private final Labelling labelling;

    /** A reader that refuses bodies beyond the limits. */
    public SequenceReader(SequenceLimits limits, Labelling labelling) {
        this.limits = limits;
        this.labelling = labelling;
    }

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public SequenceReader with(Function<String, @Nullable String> parameters) {
        return this;
    }

    @Override
    public List<LabelledSequence> readJson(JsonParser parser, String pointer) {
        SequenceCollector collector = new SequenceCollector(limits, labelling);
        JsonSequences sequences = new JsonSequences(collector);
        int index = 0;
        try {
            if (!parser.hasToken(JsonToken.START_ARRAY)) {
                collector.findings().add(ProblemType.INVALID_REQUEST, pointer, "An array of sequences is needed.");
                collector.findings().throwIfAny();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                sequences.read(parser, Places.Pointers.in(pointer + "/" + index));
                index++;
            }
        } catch (JacksonException malformed) {
            collector.findings().throwIfAny();
            throw JsonStreams.malformed(malformed, pointer + "/" + index);
        }
        return collector.finish(pointer);
    }

    /** Reads one sequence a line, each an object of JSON. */
    @Override
    public List<LabelledSequence> readJsonLines(InputStream body) {
        SequenceCollector collector = new SequenceCollector(limits, labelling);
        new JsonLines(body, collector.findings()).read(new JsonSequences(collector)::read);
        return collector.finish("line 1");
    }

    /**
     * Reads a row a step of values, {@code id,step,label} and a column a channel, or a row a text, {@code id,label,text}. The
     * steps of one sequence ascend, but may lie between those of others; steps that are skipped are missing.
     */
    @Override
    public List<LabelledSequence> readCsv(InputStream body) {
        SequenceCollector collector = new SequenceCollector(limits, labelling);
        new CsvSequences(body, collector).read();
        return collector.finish("line 1");
    }
}
