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

/** What the API says of a prediction. */
@Operation(
        summary = "Forecasts series, labels sequences, or continues a prompt, as the task of the model is",
        description =
                "Walks every value that is sent, from a fresh state. With PredictionController.CSV, JSON Lines and text the settings are "
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
                                    mediaType = PredictionController.CSV,
                                    schema = @Schema(type = "string"),
                                    examples = {
                                        @ExampleObject(name = "forecast", value = PredictionExamples.PREDICT_CSV),
                                        @ExampleObject(name = "classify", value = PredictionExamples.CLASSIFY_CSV)
                                    }),
                            @Content(
                                    mediaType = PredictionController.JSON_LINES,
                                    schema = @Schema(type = "string"),
                                    examples = {
                                        @ExampleObject(
                                                name = "forecast",
                                                value = PredictionExamples.PREDICT_JSON_LINES),
                                        @ExampleObject(
                                                name = "classify",
                                                value = PredictionExamples.CLASSIFY_JSON_LINES)
                                    }),
                            @Content(
                                    mediaType = MediaType.TEXT_PLAIN_VALUE,
                                    schema = @Schema(type = "string"),
                                    examples = @ExampleObject(name = "generate", value = PredictionExamples.PROMPT))
                        }),
        responses =
                @ApiResponse(
                        responseCode = "200",
                        description =
                                "A forecast for each series, its numbers rounded to ten significant digits, or a label for each sequence, in the order sent, or a continuation",
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
                                    mediaType = PredictionController.CSV,
                                    schema = @Schema(type = "string"),
                                    examples = @ExampleObject(PredictionExamples.ANSWER_CSV)),
                            @Content(
                                    mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                                    schema = @Schema(type = "string"),
                                    examples = @ExampleObject(PredictionExamples.ANSWER_EVENTS))
                        }))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface PredictOperation {}
