package io.foretide.sequences;

import io.foretide.classification.LabelledSequence;
import io.foretide.http.DataField;
import java.util.List;
import org.springframework.stereotype.Component;

/** Sequences in requests, within the limits of the service. */
@Component
public final class SequenceFields {
    private final SequenceLimits limits;

    SequenceFields(SequenceProperties properties) {
        this.limits = properties.limits();
    }

    /** Sequences that stand at the pointer, each with its label. */
    public DataField<List<LabelledSequence>> labelled(String pointer) {
        return new DataField<>(pointer, new SequenceReader(limits, Labelling.REQUIRED));
    }

    /** Sequences that stand at the pointer, which need no labels. */
    public DataField<List<LabelledSequence>> unlabelled(String pointer) {
        return new DataField<>(pointer, new SequenceReader(limits, Labelling.OPTIONAL));
    }
}
