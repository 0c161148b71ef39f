package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.audit.AuditSummary;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Task;
import io.foretide.training.Submissions.Submission;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** A job with a network that is really trained. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "foretide.storage.url=jdbc:h2:mem:end-to-end;DB_CLOSE_DELAY=-1")
class TrainingEndToEndTest {
    private static final ModelName CONTINUED = new ModelName("continued");

    @Autowired
    ForecastTraining forecasts;

    @Autowired
    Submissions submissions;

    @Autowired
    TrainingJobs jobs;

    @Autowired
    ModelRegistry registry;

    @Test
    void comparesASecondVersionWithTheFirst() {
        Job first = train("first", 7);
        Job second = train("second", 8);
        Job again = train("the same again", 8);

        assertThat(first.state()).as("%s", first.error()).isEqualTo(JobState.SUCCEEDED);
        assertThat(second.state()).as("%s", second.error()).isEqualTo(JobState.SUCCEEDED);
        var record = registry.publishedBy(second.id()).orElseThrow().provenance();
        assertThat(record.at("/measures/windows").asInt()).isPositive();
        assertThat(record.at("/promotion/champion").asInt()).isEqualTo(1);
        assertThat(record.at("/promotion/windows").asInt()).isPositive();
        assertThat(registry.load(ModelReference.latest(TrainingTestBase.AIR))
                        .predictor()
                        .settings()
                        .training()
                        .seed())
                .isEqualTo(8);
        assertThat(registry.publishedBy(again.id()).orElseThrow().artifact())
                .isEqualTo(registry.publishedBy(second.id()).orElseThrow().artifact())
                .isNotEqualTo(registry.publishedBy(first.id()).orElseThrow().artifact());
    }

    @Test
    void trainsOnFromAnEarlierVersion() {
        Job first = train(CONTINUED, "parent", null);
        ModelReference parent = ModelReference.version(CONTINUED, Objects.requireNonNull(first.version()));

        Job child = train(CONTINUED, "child", parent);
        Job again = train(CONTINUED, "the same again", parent);

        assertThat(child.state()).as("%s", child.error()).isEqualTo(JobState.SUCCEEDED);
        ModelVersion version = registry.publishedBy(child.id()).orElseThrow();
        assertThat(version.provenance().path("parent").asString()).isEqualTo(parent.toString());
        assertThat(version.provenance().at("/settings/training/learning_rate").asDouble())
                .isEqualTo(0.002);
        assertThat(version.artifact())
                .isEqualTo(registry.publishedBy(again.id()).orElseThrow().artifact())
                .isNotEqualTo(registry.publishedBy(first.id()).orElseThrow().artifact());
    }

    private Job train(String description, long seed) {
        return train(TrainingTestBase.AIR, description, seed, null);
    }

    private Job train(ModelName model, String description, @Nullable ModelReference parent) {
        return train(model, description, 7, parent);
    }

    private Job train(ModelName model, String description, long seed, @Nullable ModelReference parent) {
        var settings = new JobSettings(
                Task.FORECAST,
                new ForecastOptions(3, 6, null, null, null, null, null),
                null,
                null,
                new NetworkOptions(null, 4, 1, null, null, null, null),
                new TrainingOptions(2, 8, null, null, null, null, null, null, 0.3, seed, null),
                parent == null ? null : parent.toString(),
                PromotionPolicy.IF_BETTER,
                description,
                Map.of());
        String id = submissions.submit(new Submission(
                model,
                new Admitted<>(forecasts, TrainingTestBase.series(), AuditSummary.NOTHING, settings, parent),
                null));
        return Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> jobs.get(id), job -> job.state().isFinished());
    }
}
