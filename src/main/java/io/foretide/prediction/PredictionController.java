package io.foretide.prediction;

import static java.util.stream.Collectors.toSet;

import io.foretide.http.DataField;
import io.foretide.http.DataRequest;
import io.foretide.http.RequestMemory;
import io.foretide.http.RequestReader;
import io.foretide.http.SettingsInQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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

    private static final String JSON_LINES = "application/x-ndjson";

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
    @Operation(
            summary = "Forecasts series, labels sequences, or continues a prompt, as the task of the model is",
            description =
                    "Walks every value that is sent, from a fresh state. With CSV and JSON Lines the settings are "
                            + "query parameters; with Accept: text/csv the answer of a model that forecasts or classifies is CSV. "
                            + "A model that writes takes a prompt as text/plain as well, and with Accept: text/event-stream "
                            + "tells each token as an event, and the answer as the last one.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        examples = {
                                            @ExampleObject(name = "forecast", value = PredictionExamples.PREDICT),
                                            @ExampleObject(name = "classify", value = PredictionExamples.CLASSIFY),
                                            @ExampleObject(name = "generate", value = PredictionExamples.GENERATE)
                                        }),
                                @Content(
                                        mediaType = CSV,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(PredictionExamples.PREDICT_CSV)),
                                @Content(
                                        mediaType = JSON_LINES,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(PredictionExamples.PREDICT_JSON_LINES))
                            }),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description =
                                    "A forecast for each series or a label for each sequence, in the order sent, or a continuation",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema =
                                                @Schema(
                                                        oneOf = {
                                                            ForecastAnswer.class,
                                                            ClassificationAnswer.class,
                                                            ContinuationAnswer.class
                                                        })),
                                @Content(
                                        mediaType = CSV,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(PredictionExamples.ANSWER_CSV)),
                                @Content(
                                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(PredictionExamples.ANSWER_EVENTS))
                            }))
    @SettingsInQuery(PredictRequest.class)
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
        return continuations.write(order, ContinuationListener.NONE);
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
    @Operation(
            summary = "Measures forecasts of the known past, labels that are known, or how well a text is said",
            description =
                    "Cuts each series at several origins, forecasts from what came before, and scores that beside "
                            + "the simple forecasts that the model has to beat: naive, seasonal_naive, drift, ses "
                            + "(simple exponential smoothing) and theta. With CSV and JSON Lines the settings are query "
                            + "parameters. A model that classifies takes sequences with their labels, and one that writes a text.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        examples = {
                                            @ExampleObject(name = "forecast", value = PredictionExamples.BACKTEST),
                                            @ExampleObject(
                                                    name = "classify",
                                                    value = PredictionExamples.BACKTEST_OF_LABELS),
                                            @ExampleObject(
                                                    name = "generate",
                                                    value = PredictionExamples.BACKTEST_OF_TEXT)
                                        }),
                                @Content(mediaType = CSV, schema = @Schema(type = "string")),
                                @Content(mediaType = JSON_LINES, schema = @Schema(type = "string"))
                            }),
            responses =
                    @ApiResponse(
                            responseCode = "200",
                            description = "The measures of the model, beside those of simpler ones",
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            oneOf = {
                                                                ForecastBacktest.class,
                                                                ClassificationBacktestAnswer.class,
                                                                LanguageBacktestAnswer.class
                                                            }))))
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
