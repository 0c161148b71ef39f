package io.foretide.audit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much an audit tells.
 *
 * @param maxFindings the most findings of one answer
 * @param maxRecordedFindings the most findings that are kept with a training job and with the version it makes
 */
@Validated
@ConfigurationProperties("foretide.audit")
record AuditProperties(
        @DefaultValue("1000") @Positive @Max(10_000) int maxFindings,
        @DefaultValue("20") @Positive @Max(100) int maxRecordedFindings) {}
