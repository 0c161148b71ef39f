package io.foretide.http;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much a request body may hold, and how long it may take.
 *
 * @param maxBodySize the most bytes of a body, before and after inflating it
 * @param maxCompressionRatio how many times larger a body may become when it is inflated
 * @param maxSettingsSize the most bytes of everything in a JSON body but the data, in names and text
 * @param maxSettingsFields the most values of everything in a JSON body but the data
 * @param maxMemory the most heap that requests in progress may hold together; half of it where absent
 * @param bodyPatience how long a body may be waited for in all
 * @param minBodyRate for each so many bytes that have come, a second more may be waited
 */
@Validated
@ConfigurationProperties("foretide.http")
record HttpProperties(
        @DefaultValue("256MB") DataSize maxBodySize,
        @DefaultValue("200") @Min(1) int maxCompressionRatio,
        @DefaultValue("1MB") DataSize maxSettingsSize,
        @DefaultValue("10000") @Min(1) int maxSettingsFields,
        @Nullable DataSize maxMemory,
        @DefaultValue("30s") @DurationMin(millis = 1) Duration bodyPatience,
        @DefaultValue("16KB") DataSize minBodyRate) {

    HttpProperties {
        requirePositive("max-body-size", maxBodySize);
        requirePositive("max-settings-size", maxSettingsSize);
        requirePositive("min-body-rate", minBodyRate);
        if (maxMemory != null) {
            requirePositive("max-memory", maxMemory);
        }
    }

    private static void requirePositive(String name, DataSize size) {
        if (size.toBytes() < 1) {
            throw new IllegalArgumentException("foretide.http." + name + " must be positive, was " + size);
        }
    }
}
