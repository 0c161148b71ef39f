package io.foretide.training;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the API says of a training. */
@Operation(
        summary = "Trains a new version of a model",
        description = "Answers at once with a job. JSON as below; CSV (text/csv) or JSON Lines (application/x-ndjson)"
                + " with the settings as query parameters, of which a forecast requires horizon alone: ?horizon=12;"
                + " or multipart/form-data with the parts request (JSON) and data (a file). The task classify takes"
                + " sequences of values or of text with their labels (?task=classify), and generate a text, also as"
                + " text/plain (?task=generate).",
        parameters =
                @Parameter(
                        in = ParameterIn.HEADER,
                        name = IdempotencyKey.HEADER,
                        description = "A repeat with the same key for the same model answers with the first job.",
                        schema = @Schema(type = "string", maxLength = 200)),
        requestBody =
                @RequestBody(
                        required = true,
                        content = {
                            @Content(
                                    mediaType = "application/json",
                                    schema = @Schema(type = "object"),
                                    examples = {
                                        @ExampleObject(name = "forecast", value = TrainingExamples.REQUEST),
                                        @ExampleObject(name = "classify", value = TrainingExamples.CLASSIFY),
                                        @ExampleObject(name = "generate", value = TrainingExamples.GENERATE)
                                    }),
                            @Content(
                                    mediaType = "text/csv",
                                    schema = @Schema(type = "string"),
                                    examples = {
                                        @ExampleObject(name = "forecast", value = TrainingExamples.CSV),
                                        @ExampleObject(name = "classify", value = TrainingExamples.CLASSIFY_CSV)
                                    }),
                            @Content(
                                    mediaType = "application/x-ndjson",
                                    schema = @Schema(type = "string"),
                                    examples = @ExampleObject(TrainingExamples.JSON_LINES)),
                            @Content(
                                    mediaType = "text/plain",
                                    schema = @Schema(type = "string"),
                                    examples =
                                            @ExampleObject(name = "generate", value = TrainingExamples.GENERATE_TEXT)),
                            @Content(mediaType = "multipart/form-data", schema = @Schema(type = "object"))
                        }))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface TrainOperation {}
