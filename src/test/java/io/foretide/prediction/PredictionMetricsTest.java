package io.foretide.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.foretide.prediction.PredictionMetrics.Operation;
import io.foretide.registry.InferenceBuckets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PredictionMetricsTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PredictionMetrics metrics = new PredictionMetrics(registry);
    private final ServedForecaster model = new FakeModels().load(FakeModels.NAME);

    @Test
    void hasBucketsFromAMicrosecondToTenSeconds() {
        assertThat(InferenceBuckets.ofDurations())
                .hasSize(22)
                .startsWith(Duration.ofNanos(1000), Duration.ofNanos(2000));
        assertThat(InferenceBuckets.ofDurations())
                .endsWith(Duration.ofSeconds(5), Duration.ofSeconds(10))
                .isSorted();
    }

    @Test
    void recordsHowLongAModelTookAndHowThatEnded() {
        metrics.time(model, Operation.PREDICT, () -> "done");
        assertThatIllegalStateException()
                .isThrownBy(() -> metrics.time(model, Operation.PREDICT, () -> {
                    throw new IllegalStateException("broken");
                }));

        String scraped = registry.scrape();
        String labels = "model=\"air\",operation=\"predict\",outcome=\"%s\",task=\"forecast\",version=\"4\"";
        assertThat(scraped)
                .contains("foretide_inference_duration_seconds_count{" + labels.formatted("success") + "} 1")
                .contains("foretide_inference_duration_seconds_count{" + labels.formatted("error") + "} 1")
                .contains(
                        "foretide_inference_duration_seconds_bucket{" + labels.formatted("success") + ",le=\"1.0E-6\"}")
                .contains("foretide_inference_duration_seconds_bucket{" + labels.formatted("success")
                        + ",le=\"10.0\"} 1");
    }

    @Test
    void countsStepsThatWereWalked() {
        metrics.steps(model, Operation.PREDICT).increment(144);

        assertThat(registry.scrape())
                .contains(
                        "foretide_steps_total{model=\"air\",operation=\"predict\",task=\"forecast\",version=\"4\"} 144.0");
    }

    @Test
    void forgetsTheVersionsThatWereLongestNotAsked() {
        for (int version = 1; version <= PredictionMetrics.MOST_VERSIONS; version++) {
            ask(version);
        }
        ask(1);
        int meters = registry.getMeters().size();

        ask(PredictionMetrics.MOST_VERSIONS + 1);

        assertThat(registry.getMeters()).hasSize(meters);
        assertThat(registry.scrape())
                .contains("version=\"1\"", "version=\"101\"")
                .doesNotContain("version=\"2\"");
    }

    private void ask(int version) {
        var asked = new ServedForecaster(
                model.name(),
                version,
                model.settings(),
                model.features(),
                model.frequency(),
                model.parameters(),
                model.forecaster(),
                model.seen());
        metrics.steps(asked, Operation.PREDICT).increment();
        metrics.time(asked, Operation.PREDICT, () -> "done");
    }
}
