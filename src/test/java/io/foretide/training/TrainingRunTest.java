package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Cause;
import io.foretide.registry.ModelReference;
import io.foretide.registry.ModelVersion;
import io.foretide.series.Forecast;
import io.foretide.training.Submissions.Submission;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TrainingRunTest extends TrainingTestBase {
    private static final Forecaster PERFECT = forecasts(0);
    private static final Forecaster POOR = forecasts(50);

    /** The series of these tests goes on by the same rule; what is added is the error. */
    private static Forecaster forecasts(double error) {
        return (context, horizon, levels) -> {
            double[] mean = new double[horizon];
            for (int h = 0; h < horizon; h++) {
                int t = context.length() + h;
                mean[h] = 10 + t + t % 3 + error;
            }
            double[][] quantiles = new double[levels.size()][];
            java.util.Arrays.setAll(quantiles, _ -> mean.clone());
            return new Forecast(mean, levels, quantiles);
        };
    }

    @Test
    void publishesTheFirstVersionAsChampion() {
        String id = submit("first");

        Job job = awaitState(id, JobState.SUCCEEDED);

        assertThat(job.version()).isEqualTo(1);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.startedAt()).isNotNull();
        assertThat(job.finishedAt()).isNotNull();
        assertThat(job.progress().percent()).isEqualTo(100);
        assertThat(table.lastLosses(id, 10)).hasSize(3).first().satisfies(loss -> {
            assertThat(loss.epoch()).isEqualTo(1);
            assertThat(loss.trainLoss()).isEqualTo(1.0);
        });
        assertThat(championOfAir()).isEqualTo(1);
    }

    @Test
    void recordsHowTheVersionCameAbout() {
        trainer.give(PERFECT);
        String id = submit("the story");

        awaitState(id, JobState.SUCCEEDED);

        var record = registry.publishedBy(id).orElseThrow().provenance();
        assertThat(record.path("description").asString()).isEqualTo("the story");
        assertThat(record.at("/settings/network/cell").asString()).isEqualTo("lstm");
        assertThat(record.at("/settings/training/learning_rate").asDouble()).isEqualTo(0.001);
        assertThat(record.at("/chosen/0").asString()).isEqualTo("network.units");
        assertThat(record.path("seed").asLong()).isEqualTo(42);
        assertThat(record.path("horizon").asInt()).isEqualTo(4);
        assertThat(record.at("/features/0").asString()).isEqualTo("target");
        assertThat(record.at("/data/sha256").asString()).hasSize(64);
        assertThat(record.at("/data/series").asInt()).isEqualTo(1);
        assertThat(record.at("/data/observations").asInt()).isEqualTo(40);
        assertThat(record.path("parent").isNull()).isTrue();
        assertThat(record.at("/measures/windows").asInt()).isPositive();
        assertThat(record.at("/measures/model/wql").asDouble()).isZero();
        assertThat(record.at("/measures/naive/wql").asDouble()).isPositive();
        assertThat(record.at("/measures/seasonal_naive/wql").asDouble()).isPositive();
        assertThat(record.at("/measures/drift/wql").asDouble()).isPositive();
        assertThat(record.at("/measures/ses/wql").asDouble()).isPositive();
        assertThat(record.at("/measures/theta/wql").asDouble()).isPositive();
        assertThat(record.at("/losses/2/epoch").asInt()).isEqualTo(3);
        assertThat(record.at("/members/0/best_epoch").asInt()).isEqualTo(3);
        assertThat(record.path("stopped_by").asString()).isEqualTo("epochs");
        assertThat(record.at("/job/attempts").asInt()).isEqualTo(1);
        assertThat(record.path("code_version").asString()).isNotEmpty();
        assertThat(record.at("/promotion/decision").asString()).isEqualTo("promoted");
        assertThat(record.at("/promotion/reason").asString()).isEqualTo("there was no champion");
    }

    @Test
    void promotesWhatBeatsTheChampionOnUnseenWindows() {
        awaitState(submit("first"), JobState.SUCCEEDED);
        trainer.give(PERFECT);
        champions.give(POOR, WindowFilter.ALL);

        String id = submit("better");
        awaitState(id, JobState.SUCCEEDED);

        assertThat(championOfAir()).isEqualTo(2);
        var promotion = registry.publishedBy(id).orElseThrow().provenance().path("promotion");
        assertThat(promotion.path("champion").asInt()).isEqualTo(1);
        assertThat(promotion.path("wql").asDouble()).isZero();
        assertThat(promotion.path("champion_wql").asDouble()).isPositive();
        assertThat(promotion.path("reason").asString())
                .contains("is lower than")
                .contains("version 1");
    }

    @Test
    void keepsTheChampionThatIsBetter() {
        awaitState(submit("first"), JobState.SUCCEEDED);
        trainer.give(POOR);
        champions.give(PERFECT, WindowFilter.ALL);

        awaitState(submit("worse"), JobState.SUCCEEDED);

        assertThat(championOfAir()).isEqualTo(1);
        assertThat(registry.resolve(ModelReference.latest(AIR)).version()).isEqualTo(2);
    }

    @Test
    void keepsTheChampionWhereItHasSeenEveryWindow() {
        awaitState(submit("first"), JobState.SUCCEEDED);
        trainer.give(PERFECT);
        champions.give(POOR, WindowFilter.NONE);

        String id = submit("cannot tell");
        awaitState(id, JobState.SUCCEEDED);

        assertThat(championOfAir()).isEqualTo(1);
        var promotion = registry.publishedBy(id).orElseThrow().provenance().path("promotion");
        assertThat(promotion.path("windows").asInt()).isZero();
        assertThat(promotion.path("reason").asString()).contains("no window");
    }

    @Test
    void obeysThePolicyOfTheRequest() {
        String never = submissions.submit(new Submission(AIR, work("never", PromotionPolicy.NEVER), null));
        awaitState(never, JobState.SUCCEEDED);
        assertThat(championOfAir()).isZero();

        String always = submissions.submit(new Submission(AIR, work("always", PromotionPolicy.ALWAYS), null));
        awaitState(always, JobState.SUCCEEDED);
        assertThat(championOfAir()).isEqualTo(2);
    }

    @Test
    void decidesAgainWhenTheChampionMovesMeanwhile() {
        awaitState(submit("first"), JobState.SUCCEEDED);
        trainer.give(PERFECT);
        awaitState(
                submissions.submit(new Submission(AIR, work("second", PromotionPolicy.NEVER), null)),
                JobState.SUCCEEDED);
        champions.give(POOR, WindowFilter.ALL);
        champions.beforeLoad(() -> {
            if (championOfAir() == 1) {
                registry.promote(AIR, 2, new Cause("anonymous", "somebody else"));
            }
        });

        String id = submit("third");
        awaitState(id, JobState.SUCCEEDED);

        assertThat(championOfAir()).isEqualTo(3);
        assertThat(registry.publishedBy(id)
                        .map(ModelVersion::provenance)
                        .orElseThrow()
                        .at("/promotion/champion")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void keepsTheProblemOfAFailedTrainingAndGoesOn() {
        trainer.behave(_ -> {
            throw new ProblemException(ProblemType.NOT_ENOUGH_DATA, "Too little.").with("required", 48);
        });
        String failing = submit("fails");
        Job failed = awaitState(failing, JobState.FAILED);
        trainer.reset();

        Job next = awaitState(submit("next"), JobState.SUCCEEDED);

        assertThat(failed.error())
                .contains("\"type\":\"/problems/not-enough-data\"")
                .contains("\"status\":422")
                .contains("\"required\":48");
        assertThat(failed.version()).isNull();
        assertThat(next.version()).isEqualTo(1);
    }

    @Test
    void namesAReferenceWhereATrainingBreaksDown() {
        trainer.behave(_ -> {
            throw new IllegalStateException("secret detail");
        });

        Job failed = awaitState(submit("breaks"), JobState.FAILED);

        assertThat(failed.error())
                .contains("/problems/training-failed")
                .contains("\"reference\"")
                .doesNotContain("secret detail");
    }

    @Test
    void saysWhatRanOutWhereATrainingIsRefusedMemory() {
        trainer.behave(_ -> {
            var refusal = new OutOfMemoryError("physicalBytes (9G) > maxPhysicalBytes (8G)");
            throw (OutOfMemoryError) new OutOfMemoryError("Cannot allocate an array").initCause(refusal);
        });

        Job failed = awaitState(submit("large"), JobState.FAILED);

        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.error())
                .contains("/problems/out-of-memory")
                .contains("physicalBytes (9G) > maxPhysicalBytes (8G)")
                .contains("org.bytedeco.javacpp.maxphysicalbytes")
                .contains("batch_size");
    }

    @Test
    void keepsTheChampionThatGivesNoForecastToCompareWith() {
        awaitState(submit("first"), JobState.SUCCEEDED);
        champions.give(
                (_, _, _) -> {
                    throw new ProblemException(ProblemType.NO_FINITE_FORECAST, "No number.");
                },
                WindowFilter.ALL);

        String id = submit("second");
        awaitState(id, JobState.SUCCEEDED);

        assertThat(championOfAir()).isEqualTo(1);
        assertThat(registry.publishedBy(id)
                        .map(ModelVersion::provenance)
                        .orElseThrow()
                        .at("/promotion/reason")
                        .asString())
                .isEqualTo("the champion cannot be compared with: No number.");
    }

    @Test
    void neverStartsAJobThatWasCancelledWhileItWaited() {
        CountDownLatch held = trainer.hold();
        String running = submit("running");
        awaitState(running, JobState.RUNNING);
        String waiting = submit("waiting");

        Job cancelled = jobs.cancel(waiting);
        held.countDown();
        awaitState(running, JobState.SUCCEEDED);

        assertThat(cancelled.state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.get(waiting).state()).isEqualTo(JobState.CANCELLED);
        assertThat(trainer.runs()).isEqualTo(1);
        await().atMost(PATIENCE).until(() -> count("scheduled_tasks") == 0);
    }

    @Test
    void endsARunningJobThatIsCancelledAndPublishesNothing() {
        trainer.hold();
        String id = submit("running");
        awaitState(id, JobState.RUNNING);

        jobs.cancel(id);
        trainer.reset();
        Job next = awaitState(submit("next"), JobState.SUCCEEDED);

        assertThat(jobs.get(id).state()).isEqualTo(JobState.CANCELLED);
        assertThat(next.version()).isEqualTo(1);
        assertThat(registry.publishedBy(id)).isEmpty();
    }

    @Test
    void dropsTheInputOfJobsThatEnded() {
        awaitState(submit("succeeds"), JobState.SUCCEEDED);
        trainer.hold();
        String cancelled = submit("cancelled");
        awaitState(cancelled, JobState.RUNNING);
        assertThat(count("blob")).isEqualTo(2);

        jobs.cancel(cancelled);

        assertThat(count("blob")).as("only the artifact is left").isEqualTo(1);
    }

    @Test
    void estimatesWhatRemains() {
        trainer.behave(monitor -> {
            monitor.epochFinished(new io.foretide.network.EpochLoss(4, 0.5, null), 8);
            FakeTrainer.waitFor(new CountDownLatch(1), monitor);
        });

        String id = submit("half");

        Job half = await().atMost(PATIENCE)
                .until(() -> jobs.get(id), job -> job.progress().epoch() == 4);
        assertThat(half.progress().phase()).isEqualTo(Phase.TRAINING);
        assertThat(half.progress().percent()).isEqualTo(50);
        assertThat(half.progress().remaining()).isNotNull();
        assertThat(half.progress().validationLoss()).isNull();
    }
}
