package io.foretide.prediction;

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
import java.util.function.LongConsumer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Forecasts, labels and backtests over HTTP. */
@RestController
@RequestMapping("/api/v1/models/{reference}")
@Tag(
        name = "Predictions",
        description = "Forecasts of series, labels of sequences and backtests of both, which are sent along")
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

    PredictionController(
            RequestReader requests,
            ModelFields fields,
            RequestMemory memory,
            ModelSource models,
            Forecasts forecasts,
            Classifications classifications) {
        this.requests = requests;
        this.fields = fields;
        this.memory = memory;
        this.models = models;
        this.forecasts = forecasts;
        this.classifications = classifications;
    }

    @PostMapping(
            path = "/predict",
            produces = {MediaType.APPLICATION_JSON_VALUE, CSV})
    @Operation(
            summary = "Forecasts the next steps of each series, or labels each sequence",
            description =
                    "Walks every value that is sent, from a fresh state. With CSV and JSON Lines the settings are "
                            + "query parameters; with Accept: text/csv the answer is CSV. A model that classifies takes "
                            + "{\"sequences\":[{\"id\":\"a\",\"values\":[[1,2],[3,null]]}]}, or texts in place of values.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        examples = @ExampleObject(PredictionExamples.PREDICT)),
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
                            description = "A forecast for each series, or a label for each sequence, in the order sent",
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        schema = @Schema(oneOf = {ForecastAnswer.class, ClassificationAnswer.class})),
                                @Content(
                                        mediaType = CSV,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(PredictionExamples.ANSWER_CSV))
                            }))
    @SettingsInQuery(PredictRequest.class)
    PredictionAnswer predict(
            @Parameter(description = PredictionExamples.REFERENCE, example = "air") @PathVariable String reference,
            HttpServletRequest request) {
        return switch (models.load(reference)) {
            case ServedForecaster model -> {
                var body = read(request, PredictRequest.class, fields.of(model));
                yield forecasts.predict(model, body.data(), body.settings(), holder(request));
            }
            case ServedClassifier model -> {
                var body = read(request, ClassifyRequest.class, fields.of(model));
                yield classifications.classify(model, body.data(), holder(request));
            }
        };
    }

    /** Reads the data of a model, which are the first of the fields: the others are refused where they are met. */
    private <D, S> DataRequest<D, S> read(HttpServletRequest request, Class<S> settings, List<DataField<D>> fields) {
        return requests.read(request, settings, fields, _ -> fields.getFirst());
    }

    private LongConsumer holder(HttpServletRequest request) {
        return numbers -> memory.hold(request, numbers * HEAP_OF_A_NUMBER);
    }

    @PostMapping(path = "/backtest", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Measures forecasts of the known past, or labels that are known",
            description =
                    "Cuts each series at several origins, forecasts from what came before, and scores that beside "
                            + "the simple forecasts that the model has to beat: naive, seasonal_naive, drift, ses "
                            + "(simple exponential smoothing) and theta. With CSV and JSON Lines the settings are query "
                            + "parameters. A model that classifies takes sequences with their labels.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                                        examples = @ExampleObject(PredictionExamples.BACKTEST)),
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
                                                                ClassificationBacktestAnswer.class
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
            case ServedClassifier model -> {
                var body = read(request, ClassifyRequest.class, fields.labelled(model));
                yield classifications.backtest(model, body.data());
            }
        };
    }
}
