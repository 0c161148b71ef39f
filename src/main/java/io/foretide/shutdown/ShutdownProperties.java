package io.foretide.shutdown;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the service stops.
 *
 * @param delay how long requests are still served after readiness is off, for those who send them to learn of it
 */
@Validated
@ConfigurationProperties("foretide.shutdown")
record ShutdownProperties(
        @DefaultValue("0s") @DurationMin(seconds = 0) @DurationMax(minutes = 5)
        Duration delay) {}
