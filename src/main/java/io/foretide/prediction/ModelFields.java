package io.foretide.prediction;

import io.foretide.classification.LabelledSequence;
import io.foretide.http.DataField;
import io.foretide.http.SeriesFields;
import io.foretide.sequences.SequenceFields;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where data stand in a request to a model: its own first, and behind them those of other tasks, which are refused. */
@Component
final class ModelFields {
    private static final List<String> NAMES = List.of("series", "sequences", "prompt");

    private final DataField<List<TimeSeries>> series;
    private final DataField<List<LabelledSequence>> labelled;
    private final DataField<List<LabelledSequence>> unlabelled;

    ModelFields(SeriesFields series, SequenceFields sequences) {
        this.series = series.placed("/series");
        this.labelled = sequences.labelled("/sequences");
        this.unlabelled = sequences.unlabelled("/sequences");
    }

    List<DataField<List<TimeSeries>>> of(ServedForecaster model) {
        return withForeign(series, model);
    }

    /** Sequences to be classified. */
    List<DataField<List<LabelledSequence>>> of(ServedClassifier model) {
        return withForeign(unlabelled, model);
    }

    /** Sequences to measure a classifier by. */
    List<DataField<List<LabelledSequence>>> labelled(ServedClassifier model) {
        return withForeign(labelled, model);
    }

    private static <D> List<DataField<D>> withForeign(DataField<D> own, ServedModel model) {
        List<DataField<D>> fields = new ArrayList<>(List.of(own));
        NAMES.stream()
                .filter(name -> !name.equals(own.reader().name()))
                .forEach(name -> fields.add(new DataField<>("/" + name, new ForeignData<>(name, model))));
        return fields;
    }
}
