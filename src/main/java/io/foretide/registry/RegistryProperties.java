package io.foretide.registry;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the registry.
 *
 * @param cacheSize how much memory the parameters of loaded predictors may take together
 * @param maxArtifactSize the largest artifact of one version
 * @param aliasRefresh how long an alias may still be followed to its old version after another process moved it
 * @param maxAliases the most aliases of one model
 * @param maxModels the most models
 * @param maxVersions the most versions of one model
 * @param maxImports the most artifacts that are imported at a time; each is held in memory
 * @param maxExports the most versions that are given out at a time in the formats of other programs; likewise
 */
@Validated
@ConfigurationProperties("foretide.registry")
record RegistryProperties(
        @DefaultValue("512MB") DataSize cacheSize,
        @DefaultValue("256MB") DataSize maxArtifactSize,

        @DefaultValue("1s") @DurationMin(millis = 0) @DurationMax(minutes = 1)
        Duration aliasRefresh,

        @DefaultValue("100") @Positive @Max(10_000) int maxAliases,
        @DefaultValue("10000") @Positive int maxModels,
        @DefaultValue("1000") @Positive int maxVersions,
        @DefaultValue("2") @Positive @Max(64) int maxImports,
        @DefaultValue("1") @Positive @Max(64) int maxExports) {

    RegistryProperties {
        if (cacheSize.isNegative()) {
            throw new IllegalArgumentException("foretide.registry.cache-size must not be negative, was " + cacheSize);
        }
        if (maxArtifactSize.toBytes() < 1
                || maxArtifactSize.toBytes() > DataSize.ofGigabytes(1).toBytes()) {
            throw new IllegalArgumentException(
                    "foretide.registry.max-artifact-size must be positive and at most 1GB, was " + maxArtifactSize);
        }
    }
}
