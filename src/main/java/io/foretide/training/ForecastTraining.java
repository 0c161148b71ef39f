package io.foretide.training;

import io.foretide.evaluation.BacktestReport;
import io.foretide.http.DataField;
import io.foretide.http.SeriesFields;
import io.foretide.network.Predictor;
import io.foretide.network.StopReason;
import io.foretide.registry.Task;
import io.foretide.series.Frequency;
import io.foretide.series.SeriesDefaults;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.SeriesWriter;
import io.foretide.series.TimeSeries;
import io.foretide.series.TracedSeries;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Models that forecast come of series, and are measured on the end of each that was held out. */
@Component
final class ForecastTraining implements TaskTraining<List<TimeSeries>> {
    private static final SeriesLimits UNLIMITED =
            new SeriesLimits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final DataField<Sent> field;
    private final Trainer trainer;
    private final Examination examination;
    private final CodeVersion code;

    ForecastTraining(
            SeriesFields fields,
            ForecastAdmission admission,
            Trainer trainer,
            Examination examination,
            CodeVersion code) {
        DataField<List<TracedSeries>> series = fields.traced("/data/series");
        this.field = new DataField<>(
                series.pointer(), series.reader().map(traced -> settings -> admission.admit(this, settings, traced)));
        this.trainer = trainer;
        this.examination = examination;
        this.code = code;
    }

    @Override
    public DataField<Sent> field() {
        return field;
    }

    @Override
    public void write(List<TimeSeries> series, OutputStream out) {
        SeriesWriter.writeJsonLines(series, out);
    }

    @Override
    public List<TimeSeries> read(InputStream in) {
        return new SeriesReader(UNLIMITED).readJsonLines(in, SeriesDefaults.NONE);
    }

    @Override
    public Candidate train(Work<List<TimeSeries>> work, RunMonitor monitor) {
        List<TimeSeries> series = work.data();
        JobSettings settings = work.settings();
        Predictor parent = work.parent() == null ? null : work.parent().predictor();
        monitor.startTraining(
                settings.training().maxDuration(), planned -> examination.steps(planned, series, settings.promote()));
        TrainedModel model = trainer.train(series, settings, parent, monitor);

        monitor.enter(Phase.EVALUATING);
        var entrant = new Examination.Entrant(
                model.forecaster().after(_ -> monitor.requireUninterrupted()),
                (one, origin) -> monitor.hasTimeToExamine() && model.unseen().accepts(one, origin),
                model.method().settings(),
                series);
        BacktestReport report = examination.measure(entrant);
        TrainingHistory history = monitor.timeActed() ? model.history().stoppedByTime() : model.history();
        ForecastRecord record = record(work, model.method(), history, report);
        return new ForecastCandidate(model, record, examination, entrant);
    }

    private ForecastRecord record(
            Work<List<TimeSeries>> work, TrainedModel.Method method, TrainingHistory history, BacktestReport report) {
        String parent = work.parentName();
        return new ForecastRecord(
                Task.FORECAST,
                work.data().stream()
                        .map(TimeSeries::frequency)
                        .flatMap(Stream::ofNullable)
                        .map(Frequency::spelling)
                        .findFirst()
                        .orElse(null),
                method.settings().features().names(),
                history.chosen(),
                parent,
                ForecastRecord.Data.of(work.data(), work.dataSha256()),
                ForecastRecord.Measured.of(report, unmeasured(method, history, parent)),
                history.members(),
                history.stoppedBy(),
                history.thinnedLosses(),
                code.value());
    }

    /** Why there may be no measures. */
    private static String unmeasured(TrainedModel.Method method, TrainingHistory history, @Nullable String parent) {
        if (method.settings().training().validationSplit() == 0) {
            return "validation_split is 0: the training saw everything";
        }
        if (history.stoppedBy() == StopReason.TIME) {
            return "max_duration left no time to measure a window";
        }
        return parent == null
                ? "no series is long enough to hold out a horizon"
                : "there is no window that neither this training nor %s has seen".formatted(parent);
    }
}
