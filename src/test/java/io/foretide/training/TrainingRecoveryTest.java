package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foretide.training.TrainingWorker.Outcome;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.CannotCreateTransactionException;

/** What is left of a job when the process that runs it ends, stalls or is told to stop. */
class TrainingRecoveryTest extends TrainingTestBase {
    @Autowired
    TrainingWorker worker;

    @Autowired
    JobTransitions transitions;

    @Autowired
    TrainingProperties properties;

    @Autowired
    RunServices services;

    @Autowired
    DataSource dataSource;

    /** The rows as a process leaves them that dies in the middle of a training. */
    private String leaveUnfinished(int attempt) {
        queue.stop();
        String id = submit("interrupted");
        database.sql("""
                update training_job
                set state = 'running', attempt = ?, claim = ?, phase = 'training', epoch = 2, started_at = created_at
                where id = ?
                """).params(attempt, attempt, id).update();
        database.sql("insert into training_epoch (job, epoch, train_loss) values (?, 1, 0.5), (?, 2, 0.4)")
                .params(id, id)
                .update();
        database.sql(
                        "update scheduled_tasks set picked = true, picked_by = 'dead', version = 2, last_heartbeat = ? where task_instance = ?")
                .params(Instant.parse("2020-01-01T00:00:00Z").atOffset(ZoneOffset.UTC), id)
                .update();
        return id;
    }

    @Test
    void runsAgainWhatACrashInterruptedAndPublishesOneVersion() {
        String id = leaveUnfinished(1);

        queue.start();

        Job job = awaitState(id, JobState.SUCCEEDED);
        assertThat(job.attempt()).isEqualTo(2);
        assertThat(job.version()).isEqualTo(1);
        assertThat(table.lastLosses(id, 10)).as("of the last attempt alone").hasSize(3);
        assertThat(registry.publishedBy(id)
                        .orElseThrow()
                        .provenance()
                        .at("/job/attempts")
                        .asInt())
                .isEqualTo(2);
        await().atMost(PATIENCE).until(() -> count("scheduled_tasks") == 0);
    }

    @Test
    void givesUpAJobThatEndedEveryProcess() {
        String id = leaveUnfinished(3);

        queue.start();

        Job job = awaitState(id, JobState.FAILED);
        assertThat(job.attempt()).isEqualTo(3);
        assertThat(job.error()).contains("/problems/training-failed").contains("3 times");
        assertThat(trainer.runs()).isZero();
        assertThat(count("blob")).isZero();
        await().atMost(PATIENCE).until(() -> count("scheduled_tasks") == 0);
    }

    @Test
    void runsAgainWhatEndedEveryProcessButGotFurtherEachTime() {
        String id = leaveUnfinished(3);
        Claim last = transitions.lastClaim(id).orElseThrow();
        assertThat(services.checkpoints().keep(last, last.spent(), JobCheckpointsTest.checkpoint(2)))
                .isPresent();

        queue.start();

        assertThat(awaitState(id, JobState.SUCCEEDED).attempt()).isEqualTo(4);
        assertThat(count("training_checkpoint")).isZero();
        assertThat(count("blob")).as("only the artifact is left").isEqualTo(1);
    }

    @Test
    void publishesNothingFromAWorkerThatWakesUpTooLate() throws Exception {
        queue.stop();
        String id = submit("raced");
        var firstTrained = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var run = new AtomicInteger();
        trainer.behave(_ -> {
            if (run.incrementAndGet() == 1) {
                firstTrained.countDown();
                assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue(); // deaf to its monitor, as a stalled process is
            }
        });

        var stalled = CompletableFuture.supplyAsync(() -> worker.run(id, () -> false));
        assertThat(firstTrained.await(20, TimeUnit.SECONDS)).isTrue();
        Outcome second = worker.run(id, () -> false);
        goOn.countDown();
        Outcome first = stalled.get(20, TimeUnit.SECONDS);

        assertThat(second).isEqualTo(Outcome.NOTHING);
        assertThat(first).isEqualTo(Outcome.NOTHING);
        assertThat(trainer.runs()).isEqualTo(2);
        assertThat(count("model_version")).isEqualTo(1);
        assertThat(jobs.get(id).attempt()).isEqualTo(2);
        assertThat(jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(registry.publishedBy(id)
                        .orElseThrow()
                        .provenance()
                        .at("/job/attempts")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void runsAgainWhatLostItsDatabase() throws Exception {
        queue.stop();
        String id = submit("database gone");
        trainer.behave(_ -> {
            throw new CannotCreateTransactionException("as when no connection is to be had");
        });

        Outcome outcome = worker.run(id, () -> false);

        assertThat(outcome).isEqualTo(Outcome.RUN_AGAIN);
        assertThat(jobs.get(id).state()).isEqualTo(JobState.RUNNING);
        trainer.reset();
        assertThat(worker.run(id, () -> false)).isEqualTo(Outcome.NOTHING);
        assertThat(jobs.get(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void doesNotPublishInAClaimThatWasHandedBackAndTakenAgain() {
        queue.stop();
        String id = submit("claims");
        Claim first = transitions.begin(transitions.lastClaim(id).orElseThrow()).orElseThrow();
        Claim second =
                transitions.begin(transitions.lastClaim(id).orElseThrow()).orElseThrow();
        assertThat(transitions.handBack(second, second.spent())).isTrue();
        Claim third = transitions.begin(transitions.lastClaim(id).orElseThrow()).orElseThrow();

        assertThat(third.attempt()).isEqualTo(second.attempt());
        assertThat(transitions.isHeld(first)).isFalse();
        assertThat(transitions.succeed(first)).isFalse();
        assertThat(transitions.succeed(second)).isFalse();
        assertThat(transitions.succeed(third)).isTrue();
    }

    @Test
    void handsARunningJobBackWhenTheProcessStops() {
        trainer.hold();
        String id = submit("handed back");
        awaitState(id, JobState.RUNNING);

        queue.stop();

        Job waiting = jobs.get(id);
        assertThat(waiting.state()).isEqualTo(JobState.QUEUED);
        assertThat(waiting.attempt()).isZero();
        assertThat(count("blob")).as("its input").isEqualTo(1);

        trainer.reset();
        queue.start();

        Job done = awaitState(id, JobState.SUCCEEDED);
        assertThat(done.attempt()).isEqualTo(1);
    }

    @Test
    void runsEachJobOnceWhereSeveralProcessesShareTheDatabase() {
        var other = new TrainingQueue(worker, properties, dataSource);
        other.start();
        try {
            for (int i = 0; i < 3; i++) {
                String id = submit("shared " + i);
                awaitState(id, JobState.SUCCEEDED);
            }
        } finally {
            other.stop();
        }

        assertThat(trainer.runs()).isEqualTo(3);
        assertThat(count("model_version")).isEqualTo(3);
    }

    @Test
    void endsAJobThatIsCancelledWhileItsProcessIsGone() {
        String id = leaveUnfinished(1);

        assertThat(jobs.cancel(id).state()).isEqualTo(JobState.CANCELLED);
        queue.start();

        await().atMost(PATIENCE).until(() -> count("scheduled_tasks") == 0);
        assertThat(trainer.runs()).isZero();
        assertThat(jobs.get(id).state()).isEqualTo(JobState.CANCELLED);
    }
}
