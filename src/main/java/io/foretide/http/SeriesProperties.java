package io.foretide.http;

import io.foretide.series.SeriesLimits;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many series one request may hold, and how large they may be.
 *
 * @param maxSeries the most series
 * @param maxObservations the most observations over all series, skipped steps included
 * @param maxCovariates the most covariates of a series
 * @param maxItemIdLength the most characters of an item id
 */
@Validated
@ConfigurationProperties("foretide.series")
record SeriesProperties(
        @DefaultValue("100000") @Min(1) int maxSeries,
        @DefaultValue("20000000") @Min(1) long maxObservations,
        @DefaultValue("64") @PositiveOrZero int maxCovariates,
        @DefaultValue("256") @Min(1) int maxItemIdLength) {

    SeriesLimits limits() {
        return new SeriesLimits(maxSeries, maxObservations, maxCovariates, maxItemIdLength);
    }
}
