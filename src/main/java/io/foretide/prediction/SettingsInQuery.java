package io.foretide.prediction;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the settings that go with CSV and JSON Lines. */
final class SettingsInQuery {
    private static final String WHEN = "With CSV and JSON Lines only; in JSON it is a field of the body";

    private SettingsInQuery() {}

    /** Those of a prediction. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameters({
        @Parameter(
                in = ParameterIn.QUERY,
                name = "horizon",
                description = WHEN,
                schema = @Schema(type = "integer", minimum = "1")),
        @Parameter(in = ParameterIn.QUERY, name = "quantiles", description = WHEN, schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "freq", description = WHEN, schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "zone", description = WHEN, schema = @Schema(type = "string"))
    })
    @interface OfPrediction {}

    /** Those of a backtest. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @Parameters({
        @Parameter(
                in = ParameterIn.QUERY,
                name = "windows",
                description = WHEN,
                schema = @Schema(type = "integer", minimum = "1")),
        @Parameter(
                in = ParameterIn.QUERY,
                name = "stride",
                description = WHEN,
                schema = @Schema(type = "integer", minimum = "1")),
        @Parameter(
                in = ParameterIn.QUERY,
                name = "horizon",
                description = WHEN,
                schema = @Schema(type = "integer", minimum = "1")),
        @Parameter(
                in = ParameterIn.QUERY,
                name = "season_length",
                description = WHEN,
                schema = @Schema(type = "integer", minimum = "1")),
        @Parameter(in = ParameterIn.QUERY, name = "freq", description = WHEN, schema = @Schema(type = "string")),
        @Parameter(in = ParameterIn.QUERY, name = "zone", description = WHEN, schema = @Schema(type = "string"))
    })
    @interface OfBacktest {}
}
