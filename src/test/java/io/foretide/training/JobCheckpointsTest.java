package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.network.Checkpoint;
import io.foretide.network.EpochLoss;
import io.foretide.network.TrainingFingerprint;
import io.foretide.problem.ProblemException;
import io.foretide.registry.Task;
import io.foretide.storage.Blobs;
import io.foretide.storage.TestDatabase;
import io.foretide.training.JobTable.NewJob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which checkpoints there are, and until when. */
class JobCheckpointsTest {
    private static final Duration SPENT = Duration.ofSeconds(7);

    private final TestDatabase database = database();
    private final Blobs blobs = new Blobs(database.client(), database.transactions(), 1 << 22);
    private final JobCheckpoints checkpoints = checkpoints(blobs);
    private final JobTransitions transitions =
            new JobTransitions(database.client(), database.transactions(), blobs, checkpoints, Clock.systemUTC());

    TestDatabase database() {
        return TestDatabase.inMemory();
    }

    private JobCheckpoints checkpoints(Blobs blobs) {
        return new JobCheckpoints(database.client(), database.transactions(), blobs, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** In the epoch, with parameters for more than one row of bytes. */
    static Checkpoint checkpoint(int epoch) {
        List<EpochLoss> losses = new ArrayList<>();
        for (int finished = 1; finished < epoch; finished++) {
            losses.add(new EpochLoss(finished, 1.0 / finished, null));
        }
        var best = epoch == 1 ? null : new Checkpoint.Best(epoch - 1, Double.POSITIVE_INFINITY, new float[400_000]);
        var stage = new Checkpoint.Underway(
                epoch, 3, 0.5, new Checkpoint.Progress(7, new float[400_000], new float[8], new float[8]));
        return new Checkpoint(new TrainingFingerprint("00".repeat(32)), stage, List.of(), best, losses);
    }

    private Claim begin(String id) {
        return transitions.begin(transitions.lastClaim(id).orElseThrow()).orElseThrow();
    }

    private Claim beginNew(String id) {
        String data = blobs.store(new ByteArrayInputStream(new byte[10]));
        new JobTable(database.client())
                .insert(new NewJob(
                        id,
                        TrainingTestBase.AIR,
                        Task.FORECAST,
                        Instant.EPOCH,
                        new JobInput("{}", data, "sha", "print", "{}"),
                        null));
        return begin(id);
    }

    private int count(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    @Test
    void keepsTheLastOneOfEachJobAlone() throws IOException {
        Claim first = beginNew("first");
        Claim other = beginNew("other");

        checkpoints.keep(first, SPENT, checkpoint(1));
        checkpoints.keep(other, SPENT, checkpoint(1));
        long size = checkpoints.keep(first, SPENT, checkpoint(2)).orElseThrow();

        var written = new ByteArrayOutputStream();
        checkpoint(2).writeTo(written);
        try (InputStream kept = checkpoints.last("first").orElseThrow()) {
            assertThat(kept.readAllBytes()).isEqualTo(written.toByteArray());
        }
        assertThat(size).isEqualTo(written.size()).isGreaterThan(2 << 20);
        assertThat(count("training_checkpoint")).isEqualTo(2);
        assertThat(count("blob")).as("an input and a checkpoint each").isEqualTo(4);
    }

    @Test
    void keepsNothingOfARunWhoseJobHasAnotherClaim() {
        Claim late = beginNew("raced");
        Claim now = begin("raced");
        checkpoints.keep(now, SPENT, checkpoint(2));

        assertThat(checkpoints.keep(late, SPENT, checkpoint(3))).isEmpty();

        assertThat(database.client()
                        .sql("select epoch from training_checkpoint")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(count("blob")).isEqualTo(2);
    }

    @Test
    void goWithTheEndOfTheirJob() {
        List<BiPredicate<JobTransitions, Claim>> ends = List.of(
                JobTransitions::succeed,
                (moves, claim) -> moves.fail(claim, "{}"),
                (moves, claim) -> moves.cancel(claim.jobId()));

        for (int i = 0; i < ends.size(); i++) {
            Claim claim = beginNew("job " + i);
            checkpoints.keep(claim, SPENT, checkpoint(2));

            assertThat(ends.get(i).test(transitions, claim)).isTrue();

            assertThat(count("training_checkpoint")).isZero();
            assertThat(count("blob")).isZero();
            assertThat(checkpoints.keep(claim, SPENT, checkpoint(3))).isEmpty();
        }
    }

    @Test
    void stayWithAJobThatIsHandedBack() {
        Claim claim = beginNew("handed back");
        checkpoints.keep(claim, SPENT, checkpoint(2));

        transitions.handBack(claim, SPENT);

        assertThat(checkpoints.last("handed back")).isPresent();
        assertThat(transitions.lastClaim("handed back").orElseThrow().fruitless())
                .isZero();
    }

    @Test
    void countTheTimeOfARunAndMakeItFruitful() {
        Claim first = beginNew("killed");
        Claim second = begin("killed");

        checkpoints.keep(second, SPENT, checkpoint(2));
        Claim third = begin("killed");
        Claim last = transitions.lastClaim("killed").orElseThrow();

        assertThat(first.fruitless()).isEqualTo(1);
        assertThat(second.fruitless()).isEqualTo(2);
        assertThat(third.fruitless()).isEqualTo(1);
        assertThat(last).isEqualTo(third);
        assertThat(last.attempt()).isEqualTo(3);
        assertThat(last.spent()).isEqualTo(SPENT);
    }

    @Test
    void leaveTheLastOneWhereANewOneIsTooLarge() {
        Claim claim = beginNew("grows");
        checkpoints.keep(claim, SPENT, checkpoint(1));
        JobCheckpoints narrow = checkpoints(new Blobs(database.client(), database.transactions(), 1000));

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> narrow.keep(claim, SPENT, checkpoint(2)));

        assertThat(checkpoints.last("grows")).isPresent();
        assertThat(count("blob")).isEqualTo(2);
    }
}
