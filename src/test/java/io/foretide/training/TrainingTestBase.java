package io.foretide.training;

import static org.awaitility.Awaitility.await;

import io.foretide.audit.AuditSummary;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelRegistry;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Task;
import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import io.foretide.training.Submissions.Submission;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service over a database in memory, with a trainer that tests hold and release. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "foretide.storage.url=jdbc:h2:mem:training;DB_CLOSE_DELAY=-1",
            "foretide.training.queue-capacity=3",
            "foretide.training.heartbeat=300ms",
            "foretide.training.poll-interval=50ms",
            "foretide.training.report-interval=1ms",
            "foretide.training.max-attempts=3",
            "foretide.training.max-listeners=2",
            "foretide.training.listener-heartbeat=1s",
            "foretide.training.max-horizon=50",
            "foretide.training.timeout=1h"
        })
@Import(TrainingTestBase.Fakes.class)
abstract class TrainingTestBase {
    static final ModelName AIR = new ModelName("air");
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    FakeTrainer trainer;

    @Autowired
    FakeChampions champions;

    @Autowired
    TrainingQueue queue;

    @Autowired
    ForecastTraining forecasts;

    @Autowired
    Submissions submissions;

    @Autowired
    TrainingJobs jobs;

    @Autowired
    JobTable table;

    @Autowired
    ModelRegistry registry;

    @Autowired
    JdbcClient database;

    @TestConfiguration
    static class Fakes {
        @Bean
        @Primary
        Clock systemClockOfTests() {
            return Clock.systemUTC();
        }

        @Bean
        @Primary
        FakeTrainer fakeTrainer() {
            return new FakeTrainer();
        }

        @Bean
        @Primary
        FakeChampions fakeChampions() {
            return new FakeChampions();
        }
    }

    @BeforeEach
    @AfterEach
    void forgetEverything() {
        database.sql("update training_job set state = 'cancelled' where state in ('queued', 'running')")
                .update();
        queue.stop();
        trainer.reset();
        champions.reset();
        for (String name : List.of(
                "scheduled_tasks",
                "training_job",
                "model_alias",
                "alias_move",
                "model_version",
                "model",
                "model_number",
                "blob")) {
            database.sql("delete from " + name).update();
        }
        queue.start();
    }

    String submit(String description) {
        return submit(description, null);
    }

    String submit(String description, @Nullable String key) {
        return submissions.submit(new Submission(
                AIR, work(description, PromotionPolicy.IF_BETTER), key == null ? null : new IdempotencyKey(key)));
    }

    Admitted<?> work(String description, PromotionPolicy promote) {
        return new Admitted<>(forecasts, series(), AuditSummary.NOTHING, settings(description, promote), null);
    }

    static JobSettings settings(String description, PromotionPolicy promote) {
        return new JobSettings(
                Task.FORECAST,
                new ForecastOptions(4, null, null, null, null, null, null),
                null,
                null,
                NetworkOptions.NONE,
                TrainingOptions.NONE,
                null,
                promote,
                description,
                Map.of());
    }

    static List<TimeSeries> series() {
        double[] target =
                IntStream.range(0, 40).mapToDouble(t -> 10 + t + t % 3).toArray();
        return List.of(new TimeSeries("a", null, target, Covariates.NONE));
    }

    /** Makes a job of three epochs one of more. */
    void addEpochs(String id, int last) {
        database.sql(
                        "insert into training_epoch (job, claim, epoch, train_loss) select cast(? as varchar(36)), 1, x, cast(0.5 as double precision) from system_range(4, cast(? as bigint)) as numbers (x)")
                .params(id, last)
                .update();
        database.sql("update training_job set epoch = ? where id = ?")
                .params(last, id)
                .update();
    }

    Job awaitState(String id, JobState state) {
        return await().atMost(PATIENCE).until(() -> jobs.get(id), job -> job.state() == state);
    }

    int championOfAir() {
        return registry.champion(AIR).map(ModelVersion::version).orElse(0);
    }

    int count(String table) {
        return database.sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
