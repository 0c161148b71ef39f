package io.foretide;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** The Foretide forecasting service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ForetideApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ForetideApplication.class, arguments);
    }

    /** The only clock; tests bring their own. */
    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
