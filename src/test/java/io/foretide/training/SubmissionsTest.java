package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelName;
import io.foretide.training.JobTable.Filter;
import io.foretide.training.Submissions.Submission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SubmissionsTest extends TrainingTestBase {
    private static final Duration HOUR = Duration.ofHours(1);

    @Autowired
    JobRetention retention;

    @Autowired
    DataSource dataSource;

    @Test
    void refusesWhatTheQueueHasNoRoomFor() {
        queue.stop();
        IntStream.range(0, 3).forEach(i -> submit("waits " + i));

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> submit("one too many"))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.QUEUE_FULL);
                    assertThat(problem.members()).containsEntry("limit", 3);
                    assertThat(problem.retryAfter()).isPositive();
                });
        assertThat(count("blob")).as("nothing is kept of what was refused").isEqualTo(3);
    }

    @Test
    void neverLetsARaceOverfillTheQueue() throws Exception {
        queue.stop();

        List<Object> results = race(8, i -> submit("racer " + i));

        assertThat(results).filteredOn(String.class::isInstance).hasSize(3);
        assertThat(results).filteredOn(ProblemException.class::isInstance).hasSize(5);
        assertThat(count("blob")).isEqualTo(3);
    }

    @Test
    void answersARepeatWithTheFirstJobAlsoWhereTheQueueIsFull() {
        queue.stop();
        String first = submit("same", "key-1");
        submit("fills");
        submit("the queue");

        assertThat(submit("same", "key-1")).isEqualTo(first);
        assertThat(count("training_job")).isEqualTo(3);
        assertThat(count("blob")).isEqualTo(3);
    }

    @Test
    void refusesAKeyThatCameWithAnotherRequest() {
        queue.stop();
        String first = submit("one thing", "key-1");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> submit("another thing", "key-1"))
                .satisfies(problem -> {
                    assertThat(problem.type()).isEqualTo(ProblemType.IDEMPOTENCY_KEY_REUSED);
                    assertThat(problem.members()).containsEntry("job", first);
                });
    }

    @Test
    void keepsTheKeysOfModelsApart() {
        queue.stop();
        String first = submit("same", "key-1");

        String other = submissions.submit(new Submission(
                new ModelName("water"), work("same", PromotionPolicy.IF_BETTER), new IdempotencyKey("key-1")));

        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void startsOneJobWhereEqualRequestsRace() throws Exception {
        queue.stop();

        List<Object> results = race(8, _ -> submit("same", "key-1"));

        assertThat(results).hasOnlyElementsOfType(String.class);
        assertThat(results.stream().distinct()).hasSize(1);
        assertThat(count("training_job")).isEqualTo(1);
        assertThat(count("scheduled_tasks")).isEqualTo(1);
        assertThat(count("blob")).isEqualTo(1);
    }

    @Test
    void pagesFromTheNewestToTheOldest() {
        queue.stop();
        String first = submit("1");
        String second = submit("2");
        String third = submit("3");
        var all = new Filter(null, null);

        var page = jobs.list(all, new PageRequest(2, null));
        var rest = jobs.list(all, new PageRequest(2, page.nextCursor()));

        assertThat(page.items()).extracting(Job::id).containsExactly(third, second);
        assertThat(rest.items()).extracting(Job::id).containsExactly(first);
        assertThat(rest.nextCursor()).isNull();
    }

    @Test
    void listsByModelAndState() {
        queue.stop();
        String waiting = submit("waits");
        String cancelled = submit("cancelled");
        jobs.cancel(cancelled);
        var any = new PageRequest(10, null);

        assertThat(jobs.list(new Filter(null, JobState.QUEUED), any).items())
                .extracting(Job::id)
                .containsExactly(waiting);
        assertThat(jobs.list(new Filter(AIR, JobState.CANCELLED), any).items())
                .extracting(Job::id)
                .containsExactly(cancelled);
        assertThat(jobs.list(new Filter(new ModelName("water"), null), any).items())
                .isEmpty();
    }

    @Test
    void forgetsJobsThatFinishedLongAgo() {
        queue.stop();
        String old = submit("old");
        String recent = submit("recent");
        String waiting = submit("waits");
        jobs.cancel(old);
        jobs.cancel(recent);
        database.sql(
                        "update training_job set finished_at = timestamp with time zone '2020-01-01 00:00:00+00' where id = ?")
                .param(old)
                .update();

        retention.sweep();

        assertThat(jobs.list(new Filter(null, null), new PageRequest(10, null)).items())
                .extracting(Job::id)
                .containsExactly(waiting, recent);
    }

    @Test
    void cancelsAlsoWhereAnotherProcessForgetsJobsAtTheSameTime() throws Exception {
        queue.stop();
        String old = submit("old");
        String next = submit("next");
        jobs.cancel(old);
        database.sql(
                        "update training_job set finished_at = timestamp with time zone '2020-01-01 00:00:00+00' where id = ?")
                .param(old)
                .update();
        try (var other = dataSource.getConnection();
                var locked = other.prepareStatement("select id from training_job where id = ? for update")) {
            other.setAutoCommit(false);
            locked.setString(1, old);
            locked.executeQuery();

            assertThat(jobs.cancel(next).state()).isEqualTo(JobState.CANCELLED);

            assertThat(table.find(old)).as("what is locked stays for now").isPresent();
            other.rollback();
        }
        retention.sweep();
        assertThat(table.find(old)).isEmpty();
    }

    @Test
    void forgetsTheOldestOfTooManyFinishedJobs() {
        queue.stop();
        jobs.cancel(submit("1"));
        String second = submit("2");
        jobs.cancel(second);
        String waiting = submit("waits");
        var keepsOne = new TrainingProperties(
                1, null, null, 3, 3, 50, HOUR, HOUR, HOUR, HOUR, HOUR, HOUR, 10, 1, HOUR, 1, HOUR);

        new JobRetention(database, keepsOne, Clock.systemUTC()).sweep();

        assertThat(jobs.list(new Filter(null, null), new PageRequest(10, null)).items())
                .extracting(Job::id)
                .containsExactly(waiting, second);
    }

    private interface Racer {
        Object run(int number);
    }

    private static List<Object> race(int racers, Racer racer) throws Exception {
        var start = new CyclicBarrier(racers);
        var results = new ArrayList<Object>();
        try (var threads = Executors.newFixedThreadPool(racers)) {
            List<Callable<Object>> tasks = IntStream.range(0, racers)
                    .mapToObj(i -> (Callable<Object>) () -> {
                        start.await();
                        try {
                            return racer.run(i);
                        } catch (ProblemException e) {
                            return e;
                        }
                    })
                    .toList();
            for (Future<Object> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
