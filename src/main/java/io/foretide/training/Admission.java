package io.foretide.training;

import io.foretide.audit.Audit;
import io.foretide.network.Activation;
import io.foretide.network.CellType;
import io.foretide.network.ForecastOptions;
import io.foretide.network.Loss;
import io.foretide.network.NetworkOptions;
import io.foretide.network.Settings;
import io.foretide.network.TrainingOptions;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.LoadedModel;
import io.foretide.series.Frequency;
import io.foretide.series.SentSeries;
import io.foretide.series.TimeSeries;
import io.foretide.series.TracedSeries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Refuses at once what a job could only fail at later, and notes what is odd with the rest. */
@Component
final class Admission {
    private final Parents parents;
    private final Trainer trainer;
    private final Audit audit;
    private final TrainingProperties properties;

    Admission(Parents parents, Trainer trainer, Audit audit, TrainingProperties properties) {
        this.parents = parents;
        this.trainer = trainer;
        this.audit = audit;
        this.properties = properties;
    }

    /** What the request asks a job to do. */
    Admitted admit(TrainRequest request, List<TracedSeries> traced) {
        List<TimeSeries> series = traced.stream().map(TracedSeries::series).toList();
        requireSupported(request);
        LoadedModel parent = request.startFrom() == null ? null : parents.find(request.startFrom(), series);
        Settings inherited = parent == null ? null : parent.predictor().settings();
        ForecastOptions forecast = Objects.requireNonNullElse(request.forecast(), ForecastOptions.NONE);
        int horizon = requireHorizon(forecast, inherited);
        NetworkOptions network = Objects.requireNonNullElse(request.network(), NetworkOptions.NONE);
        requireSupported(network);
        requireUsed(forecast, network, inherited);
        TrainingOptions training = Objects.requireNonNullElse(request.training(), TrainingOptions.NONE);
        requireShorterThanTimeout(training.maxDuration());
        requireSeries(series);
        requireOneFrequency(series);
        var settings = new JobSettings(
                Task.FORECAST,
                forecast,
                network,
                training,
                request.startFrom(),
                Objects.requireNonNullElse(request.promote(), PromotionPolicy.IF_BETTER),
                Objects.requireNonNullElse(request.description(), ""),
                Objects.requireNonNullElse(request.tags(), Map.of()));
        trainer.check(series, settings, parent == null ? null : parent.predictor());
        List<SentSeries> sent = traced.stream().map(TracedSeries::sent).toList();
        return new Admitted(
                series,
                audit.summarize(sent, horizon, forecast.seasonLength()),
                settings,
                parent == null ? null : parent.version().reference());
    }

    private static void requireSupported(TrainRequest request) {
        Task task = Objects.requireNonNullElse(request.task(), Task.FORECAST);
        if (task != Task.FORECAST) {
            throw notSupported(
                    "/task", "The task %s is not supported by this release. Use forecast.".formatted(task.wireName()));
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
        if (cell != CellType.SIMPLE_RNN && network.activation() != null && network.activation() != Activation.TANH) {
            throw notSupported(
                    "/network/activation",
                    "The cells lstm and gru have gates of their own and the activation tanh. Remove network.activation, or send the cell rnn.");
        }
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
        if (horizon > properties.maxHorizon()) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "A network cannot be trained for a horizon of %d: the limit is %d. Train a shorter one; predictions may ask for any horizon."
                                    .formatted(horizon, properties.maxHorizon()))
                    .with("limit", properties.maxHorizon())
                    .with("actual", horizon)
                    .at("/forecast/horizon");
        }
        return horizon;
    }

    private void requireShorterThanTimeout(@Nullable Duration maxDuration) {
        if (maxDuration != null && maxDuration.compareTo(properties.timeout()) > 0) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "training.max_duration is %s, and no job runs longer than %s. Shorten it, or leave it out."
                                    .formatted(maxDuration, properties.timeout()))
                    .with("limit", properties.timeout().toString())
                    .at("/training/max_duration");
        }
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
