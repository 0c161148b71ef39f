package io.foretide.training;

import io.foretide.audit.Audit;
import io.foretide.network.CellType;
import io.foretide.network.ForecastOptions;
import io.foretide.network.Loss;
import io.foretide.network.NetworkOptions;
import io.foretide.network.Settings;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.LoadedModel;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Task;
import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import io.foretide.series.TimeSeries;
import io.foretide.series.TracedSeries;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses at once what a training of forecasts could only fail at later, and notes what is odd with the rest. */
@Component
final class ForecastAdmission {
    private final Parents parents;
    private final Trainer trainer;
    private final Audit audit;
    private final int maxHorizon;

    ForecastAdmission(Parents parents, Trainer trainer, Audit audit, TrainingProperties properties) {
        this.parents = parents;
        this.trainer = trainer;
        this.audit = audit;
        this.maxHorizon = properties.maxHorizon();
    }

    /** What a job is accepted to do with the series. */
    Admitted<List<TimeSeries>> admit(
            TaskTraining<List<TimeSeries>> task, JobSettings settings, List<TracedSeries> traced) {
        List<TimeSeries> series = traced.stream().map(TracedSeries::series).toList();
        LoadedModel parent = parent(settings.startFrom(), series);
        Settings inherited = parent == null ? null : parent.predictor().settings();
        int horizon = requireHorizon(settings.forecast(), inherited);
        requireSupported(settings.network());
        requireUsed(settings.forecast(), settings.network(), inherited);
        requireSeries(series);
        requireOneFrequency(series);
        trainer.check(series, settings, parent == null ? null : parent.predictor());
        List<SentSeries> sent = traced.stream().map(TracedSeries::sent).toList();
        return new Admitted<>(
                task,
                series,
                audit.summarize(sent, horizon, settings.forecast().seasonLength()),
                settings,
                parent == null ? null : parent.version().reference());
    }

    private @Nullable LoadedModel parent(@Nullable String startFrom, List<TimeSeries> series) {
        if (startFrom == null) {
            return null;
        }
        LoadedModel parent = parents.find(startFrom, Task.FORECAST);
        requireItsFrequency(parent.version(), series);
        return parent;
    }

    /** Its seasons are counted in its steps. */
    private static void requireItsFrequency(ModelVersion version, List<TimeSeries> series) {
        Optional<Frequency> trained =
                version.provenance().path("frequency").stringValueOpt().map(Frequency::parse);
        Optional<Frequency> sent = series.stream()
                .flatMap(one -> Stream.ofNullable(one.frequency()))
                .findFirst();
        if (trained.isPresent() && sent.isPresent() && !trained.get().sameSpacing(sent.get())) {
            throw Parents.cannotContinue(
                    "%s was trained on steps of %s, and those of these series are %s. Send series of that frequency, or remove start_from."
                            .formatted(
                                    version.reference(),
                                    trained.get().spelling(),
                                    sent.get().spelling()));
        }
    }

    private static void requireSupported(NetworkOptions network) {
        if (network.embedding() != null) {
            throw notSupported(
                    "/network/embedding",
                    "Embeddings are of tokens, and a forecast reads numbers. Remove network.embedding.");
        }
    }

    /** Settings that this network would not read are refused, lest its record show them as if they had had an effect. */
    private static void requireUsed(ForecastOptions forecast, NetworkOptions network, @Nullable Settings inherited) {
        CellType cell = network.cell() == null && inherited != null
                ? inherited.network().cell()
                : network.cell();
        Loss loss = forecast.loss() == null && inherited != null
                ? inherited.forecast().loss()
                : forecast.loss();
        network.requireReadBy(cell);
        if (loss != null && loss != Loss.QUANTILE && forecast.quantiles() != null) {
            throw notSupported(
                    "/forecast/quantiles",
                    "Only the loss quantile is trained for levels. Remove forecast.quantiles: predictions may ask for any level.");
        }
    }

    private int requireHorizon(ForecastOptions forecast, @Nullable Settings inherited) {
        Integer horizon = forecast.horizon();
        if (horizon == null && inherited != null) {
            return inherited.forecast().horizon();
        }
        if (horizon == null) {
            throw new ProblemException(
                            ProblemType.INVALID_REQUEST,
                            "forecast.horizon is missing. Say how many steps ahead the model shall forecast, such as 12.")
                    .at("/forecast/horizon");
        }
        if (horizon > maxHorizon) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "A network cannot be trained for a horizon of %d: the limit is %d. Train a shorter one; predictions may ask for any horizon."
                                    .formatted(horizon, maxHorizon))
                    .with("limit", maxHorizon)
                    .with("actual", horizon)
                    .at("/forecast/horizon");
        }
        return horizon;
    }

    private static void requireSeries(List<TimeSeries> series) {
        if (series.isEmpty()) {
            throw new ProblemException(
                            ProblemType.NOT_ENOUGH_DATA, "There is no series to train on. Send at least one.")
                    .at("/data/series");
        }
    }

    /** A version answers for one frequency, so it is trained on one; series without times go with any. */
    private static void requireOneFrequency(List<TimeSeries> series) {
        TimeSeries first = null;
        for (int i = 0; i < series.size(); i++) {
            TimeSeries one = series.get(i);
            Frequency frequency = one.frequency();
            if (frequency == null) {
                continue;
            }
            if (first == null) {
                first = one;
            }
            Frequency expected = Objects.requireNonNull(first.frequency());
            if (!frequency.sameSpacing(expected)) {
                throw new ProblemException(
                                ProblemType.INVALID_SERIES,
                                "The steps of series %s are %s, and those of series %s are %s. Train a model for each frequency."
                                        .formatted(quoted(first.itemId()), expected, quoted(one.itemId()), frequency))
                        .at("/data/series/" + i);
            }
        }
    }

    private static String quoted(String itemId) {
        return '"' + (itemId.length() <= 100 ? itemId : itemId.substring(0, 100) + "…") + '"';
    }

    private static ProblemException notSupported(String pointer, String detail) {
        return new ProblemException(ProblemType.NOT_SUPPORTED, detail).at(pointer);
    }
}
