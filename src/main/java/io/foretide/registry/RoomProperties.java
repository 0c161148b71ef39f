package io.foretide.registry;

import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much the registry may hold.
 *
 * @param maxModels the most models
 * @param maxVersions the most versions of one model
 */
@Validated
@ConfigurationProperties("foretide.registry")
record RoomProperties(
        @DefaultValue("10000") @Positive int maxModels,
        @DefaultValue("1000") @Positive int maxVersions) {}
