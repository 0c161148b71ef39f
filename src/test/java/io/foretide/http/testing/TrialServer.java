package io.foretide.http.testing;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.boot.test.context.SpringBootTest;

/** Runs a test against the trial endpoints on a real server with small limits. */
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = TrialApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "foretide.http.max-body-size=32MB",
            "foretide.http.max-settings-size=10KB",
            "foretide.http.max-settings-fields=100",
            "foretide.series.max-series=100",
            "management.endpoint.health.validate-group-membership=false", // there is no database
        })
public @interface TrialServer {}
