package io.foretide.streaming;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes the header that says whose session it is. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Parameter(
        name = SessionController.TOKEN,
        in = ParameterIn.HEADER,
        required = true,
        description = "The token that the session was opened with",
        example = "MTIz.c2lnbmF0dXJl")
@interface ShowsToken {}
