package io.foretide.registry;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the header that guards a change of an alias; {@link Precondition} reads it. */
@Parameter(
        in = ParameterIn.HEADER,
        name = "If-Match",
        description =
                "Only where the alias is as one of these ETags says, or, with *, where there is one. Otherwise 412.",
        schema = @Schema(type = "string"))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface TakesIfMatch {}
