package io.foretide.http;

import io.foretide.series.SeriesLimits;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What series in requests are held to. */
@Configuration(proxyBeanMethods = false)
class SeriesReading {
    @Bean
    SeriesLimits seriesLimits(SeriesProperties properties) {
        return properties.limits();
    }
}
