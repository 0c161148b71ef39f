package io.foretide.training;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.Parameters;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the settings that go with CSV and JSON Lines: those asked for most, of many. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameters({
    @Parameter(
            in = ParameterIn.QUERY,
            name = "horizon",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "integer", minimum = "1")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "freq",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "string")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "zone",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "string")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "loss",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "string")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "cell",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "string")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "epochs",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "integer", minimum = "1")),
    @Parameter(
            in = ParameterIn.QUERY,
            name = "promote",
            description = SettingsInQuery.WHEN,
            schema = @Schema(type = "string"))
})
@interface SettingsInQuery {
    String WHEN = "With CSV and JSON Lines only, whose settings all are parameters of these names";
}
