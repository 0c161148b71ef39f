package io.foretide.prediction;

import static java.util.stream.Collectors.toSet;

import io.foretide.http.ClientWatch;
import io.foretide.http.DataField;
import io.foretide.http.DataRequest;
import io.foretide.http.RequestMemory;
import io.foretide.http.RequestReader;
import io.foretide.http.SettingsInQuery;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;

/** Forecasts, labels, continuations and backtests over HTTP. */
@RestController
@RequestMapping("/api/v1/models/{reference}")
@Tag(
        name = "Predictions",
        description = "Forecasts of series, labels of sequences, continuations of texts, and backtests of all")
final class PredictionController {
    static final String CSV = "text/csv";

    static final String JSON_LINES = "application/x-ndjson";

    /** A number of an answer, and its part of what is made on the way to it. */
    private static final long HEAP_OF_A_NUMBER = 16;

    private final RequestReader requests;
    private final ModelFields fields;
    private final RequestMemory memory;
    private final ModelSource models;
    private final Forecasts forecasts;
    private final Classifications classifications;
    private final Continuations continuations;

    PredictionController(
            RequestReader requests,
            ModelFields fields,
            RequestMemory memory,
            ModelSource models,
            Forecasts forecasts,
            Classifications classifications,
            Continuations continuations) {
        this.requests = requests;
        this.fields = fields;
        this.memory = memory;
        this.models = models;
        this.forecasts = forecasts;
        this.classifications = classifications;
        this.continuations = continuations;
    }

    @PostMapping(
            path = "/predict",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV, MediaType.TEXT_EVENT_STREAM_VALUE})
    @PredictOperation
    @SettingsInQuery({PredictRequest.class, GenerateRequest.class})
    PredictionAnswer predict(
            @Parameter(description = PredictionExamples.REFERENCE, example = "air") @PathVariable String reference,
            HttpServletRequest request) {
        return predict(models.load(reference), request);
    }

    private PredictionAnswer predict(ServedModel served, HttpServletRequest request) {
        return switch (served) {
            case ServedForecaster model -> {
                producible(request, MediaType.APPLICATION_JSON_VALUE, CSV);
                var body = read(request, PredictRequest.class, fields.of(model));
                yield forecasts.predict(model, body.data(), body.settings(), holder(request));
            }
            case ServedWriter model -> {
                var body = read(request, GenerateRequest.class, fields.of(model));
                var order =
                        continuations.order(model, body.data(), body.settings(), bytes -> memory.hold(request, bytes));
                yield answer(order, request);
            }
            case ServedClassifier model -> {
                producible(request, MediaType.APPLICATION_JSON_VALUE, CSV);
                var body = read(request, NoSettings.class, fields.of(model));
                yield classifications.classify(model, body.data(), holder(request));
            }
        };
    }

    /** Reads the data of a model, which are the first of the fields: the others are refused where they are met. */
    private <D, S> DataRequest<D, S> read(HttpServletRequest request, Class<S> settings, List<DataField<D>> fields) {
        return requests.read(request, settings, fields, _ -> fields.getFirst());
    }

    /** Whole, or in events for those who ask for them. */
    private PredictionAnswer answer(Continuations.Order order, HttpServletRequest request) {
        String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
        if (accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
            producible(request, MediaType.TEXT_EVENT_STREAM_VALUE);
            return new ContinuationStream(listener -> continuations.write(order, listener));
        }
        producible(request, MediaType.APPLICATION_JSON_VALUE);
        return continuations.write(order, ContinuationListener.whole(() -> ClientWatch.hasGone(request)));
    }

    /** What the endpoint can answer with depends on the task. */
    private static void producible(HttpServletRequest request, String... types) {
        Set<MediaType> set = Stream.of(types).map(MediaType::parseMediaType).collect(toSet());
        request.setAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE, set);
    }

    private LongConsumer holder(HttpServletRequest request) {
        return numbers -> memory.hold(request, numbers * HEAP_OF_A_NUMBER);
    }

    @PostMapping(path = "/backtest", produces = MediaType.APPLICATION_JSON_VALUE)
    @BacktestOperation
    @SettingsInQuery(BacktestRequest.class)
    BacktestAnswer backtest(
            @Parameter(description = PredictionExamples.REFERENCE, example = "air") @PathVariable String reference,
            HttpServletRequest request) {
        return switch (models.load(reference)) {
            case ServedForecaster model -> {
                var body = read(request, BacktestRequest.class, fields.of(model));
                yield forecasts.backtest(model, body.data(), body.settings());
            }
            case ServedWriter model -> {
                var body = read(request, NoSettings.class, fields.text(model));
                yield continuations.backtest(model, body.data());
            }
            case ServedClassifier model -> {
                var body = read(request, NoSettings.class, fields.labelled(model));
                yield classifications.backtest(model, body.data());
            }
        };
    }
}
