package io.foretide.prediction;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.http.MediaType;

/** What the API says of a backtest. */
@Operation(
        summary = "Measures forecasts of the known past, labels that are known, or how well a text is said",
        description = "Cuts each series at several origins, forecasts from what came before, and scores that beside "
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
                                        @ExampleObject(name = "generate", value = PredictionExamples.BACKTEST_OF_TEXT)
                                    }),
                            @Content(
                                    mediaType = PredictionController.CSV,
                                    schema = @Schema(type = "string"),
                                    examples = {
                                        @ExampleObject(name = "forecast", value = PredictionExamples.BACKTEST_CSV),
                                        @ExampleObject(
                                                name = "classify",
                                                value = PredictionExamples.BACKTEST_OF_LABELS_CSV)
                                    }),
                            @Content(
                                    mediaType = PredictionController.JSON_LINES,
                                    schema = @Schema(type = "string"),
                                    examples = {
                                        @ExampleObject(
                                                name = "forecast",
                                                value = PredictionExamples.BACKTEST_JSON_LINES),
                                        @ExampleObject(
                                                name = "classify",
                                                value = PredictionExamples.BACKTEST_OF_LABELS_JSON_LINES)
                                    }),
                            @Content(
                                    mediaType = MediaType.TEXT_PLAIN_VALUE,
                                    schema = @Schema(type = "string"),
                                    examples =
                                            @ExampleObject(name = "generate", value = PredictionExamples.BACKTEST_TEXT))
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
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface BacktestOperation {}
