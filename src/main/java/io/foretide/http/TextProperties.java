package io.foretide.http;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long a text of a request may be.
 *
 * @param maxLength the most characters
 */
@Validated
@ConfigurationProperties("foretide.text")
record TextProperties(@DefaultValue("50000000") @Min(1) int maxLength) {}
