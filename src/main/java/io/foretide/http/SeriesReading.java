package io.foretide.http;

import io.foretide.series.SentSeriesReader;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The readers of series with the limits of this service. */
@Configuration(proxyBeanMethods = false)
class SeriesReading {
    @Bean
    SeriesLimits seriesLimits(SeriesProperties properties) {
        return properties.limits();
    }

    @Bean
    SeriesReader seriesReader(SeriesLimits limits) {
        return new SeriesReader(limits);
    }

    @Bean
    SentSeriesReader sentSeriesReader(SeriesLimits limits) {
        return new SentSeriesReader(limits);
    }
}
