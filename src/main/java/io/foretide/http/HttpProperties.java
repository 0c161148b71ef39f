package io.foretide.http;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a request body may hold.
 *
 * @param maxBodySize the most bytes of a body, before and after inflating it
 * @param maxCompressionRatio how many times larger a body may become when it is inflated
 * @param maxSettingsSize the most bytes of everything in a JSON body that is no series, in names and text
 * @param maxSettingsFields the most values of everything in a JSON body that is no series
 */
@Validated
@ConfigurationProperties("foretide.http")
record HttpProperties(
        @DefaultValue("256MB") DataSize maxBodySize,
        @DefaultValue("200") @Min(1) int maxCompressionRatio,
        @DefaultValue("1MB") DataSize maxSettingsSize,
        @DefaultValue("10000") @Min(1) int maxSettingsFields) {}
