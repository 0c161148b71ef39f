package io.foretide.prediction;

import io.foretide.classification.LabelledSequence;
import io.foretide.http.DataField;
import io.foretide.http.SeriesFields;
import io.foretide.http.TextFields;
import io.foretide.reading.TextReader;
import io.foretide.sequences.SequenceFields;
import io.foretide.series.TimeSeries;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Where data stand in a request to a model: its own first, and behind them those of other tasks, which are refused. */
@Component
final class ModelFields {
    private static final List<String> NAMES = List.of("series", "sequences", "prompt", "text");

    private final DataField<List<TimeSeries>> series;
    private final DataField<List<LabelledSequence>> labelled;
    private final DataField<List<LabelledSequence>> unlabelled;
    private final DataField<String> text;
    private final DataField<String> prompt;

    ModelFields(SeriesFields series, SequenceFields sequences, TextFields texts, PredictionProperties limits) {
        this.series = series.placed("/series");
        this.labelled = sequences.labelled("/sequences");
        this.unlabelled = sequences.unlabelled("/sequences");
        this.text = texts.text("/text");
        this.prompt = new DataField<>(
                "/prompt", new TextReader("prompt", limits.maxPromptLength(), "foretide.prediction.max-prompt-length"));
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

    /** What is to be continued. */
    List<DataField<String>> of(ServedWriter model) {
        return withForeign(prompt, model);
    }

    /** What a writer is measured by. */
    List<DataField<String>> text(ServedWriter model) {
        return withForeign(text, model);
    }

    private static <D> List<DataField<D>> withForeign(DataField<D> own, ServedModel model) {
        List<DataField<D>> fields = new ArrayList<>(List.of(own));
        NAMES.stream()
                .filter(name -> !name.equals(own.reader().name()))
                .forEach(name -> fields.add(new DataField<>("/" + name, new ForeignData<>(name, model))));
        return fields;
    }
}
