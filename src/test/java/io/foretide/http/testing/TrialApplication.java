package io.foretide.http.testing;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.ComponentScan;

/** Foretide's web layer around the trial endpoints, without a database. */
@TestComponent // keeps the scan of the real application away
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@ComponentScan({"io.foretide.http", "io.foretide.problem", "io.foretide.security"})
@ConfigurationPropertiesScan({"io.foretide.http", "io.foretide.problem", "io.foretide.security"})
public class TrialApplication {}
