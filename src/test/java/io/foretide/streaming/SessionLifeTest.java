package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemType;
import io.foretide.series.Covariates;
import io.foretide.series.TimeSeries;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** A session goes on through the states of a prediction wherever it goes: to another connection, process or version, and through a crash. */
class SessionLifeTest extends OnSessions {
    @Test
    void aSessionBelongsToTheConnectionThatResumedItLast() {
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, first(5));
        TestClient other = process.connect();

        assertThat(other.observing("s", 6, 1).hearFailure()).isEqualTo(ProblemType.UNKNOWN_SESSION);
        assertThat(other.resume(token).seq()).isEqualTo(5);

        assertThat(client.hear(ServerMessage.Closed.class).reason()).isEqualTo(CloseReason.TAKEN_OVER);
        assertThat(client.observing("s", 6, 1).hearFailure()).isEqualTo(ProblemType.UNKNOWN_SESSION);
        assertSame(other.observe("s", 6, VALUES[5]).forecast(), predicted(first(6)));
    }

    @Test
    void doesNothingMoreForTheConnectionThatASessionIsBeingTakenFrom() {
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, first(5));
        TestClient other = process.connect();
        process.database().stall();
        other.say(new ClientMessage.Resume(null, token, null));

        client.observing("s", 6, 12345);
        process.database().goOn();

        assertThat(other.hear(ServerMessage.Resumed.class).seq()).isEqualTo(5);
        assertThat(client.hear(ServerMessage.Closed.class).reason()).isEqualTo(CloseReason.TAKEN_OVER);
        assertThat(client.hearFailure()).isEqualTo(ProblemType.SESSION_ELSEWHERE);
        assertSame(other.observe("s", 6, VALUES[5]).forecast(), predicted(first(6)));
    }

    @Test
    void aSessionGoesOnInAnotherProcessAndIsFencedOffFromTheFirst() {
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, first(40));
        until(() -> assertThat(client.ask("s").durableSeq()).isEqualTo(40));
        TestClient other = fixture.start().connect();

        assertThat(other.resume(token).seq()).isEqualTo(40);

        assertThat(client.hear(ServerMessage.Closed.class).reason()).isEqualTo(CloseReason.TAKEN_OVER);
        assertSame(other.observe("s", 41, from(40, 50)).forecast(), predicted(first(50)));
    }

    @Test
    void nothingDurableIsLostWithItsProcess() {
        String token = client.open("s", "air:1", null);
        long durable = client.observe("s", 1, first(60)).durableSeq();
        process.database().takeAway();
        TestClient other = fixture.start().connect();

        long seq = other.resume(token).seq();

        assertThat(seq).isBetween(durable, 60L);
        assertSame(other.observe("s", seq + 1, from((int) seq, 70)).forecast(), predicted(first(70)));
    }

    @Test
    void anIdleSessionLeavesMemoryAndReturnsByItself() {
        SessionFixture.Process forgetful = fixture.start("idle-time=1s");
        TestClient other = forgetful.connect();
        other.open("s", "air:1", null);
        other.observe("s", 1, first(30));

        until(() -> assertThat(forgetful.sessions().live().inMemory()).isZero());

        assertSame(other.observe("s", 31, from(30, 40)).forecast(), predicted(first(40)));
    }

    @Test
    void keepsNoMoreInMemoryThanItMay() {
        SessionFixture.Process small = fixture.start("max-live=10");
        TestClient other = small.connect();
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "s" + i).toList();
        names.forEach(name -> {
            other.open(name, "air:1", null);
            other.observe(name, 1, first(5));
        });

        until(() -> assertThat(small.sessions().live().inMemory()).isLessThanOrEqualTo(10));

        names.forEach(name -> assertSame(other.observe(name, 6, VALUES[5]).forecast(), predicted(first(6))));
    }

    @Test
    void followsAnAliasThatMoves() {
        client.say(TestClient.opening(
                        "s",
                        "air@champion",
                        VersionPolicy.MIGRATE,
                        new TimeSeries("", TrainedModels.months(), first(10), Covariates.NONE)))
                .hear(ServerMessage.Opened.class);
        client.observe("s", 1, from(10, 14));
        client.open("pinned", "air@champion", null);
        fixture.models.promote(2);

        ServerMessage.Switched switched = null;
        int seq = 4;
        double[] walked = first(14);
        while (switched == null) {
            seq++;
            walked = Arrays.copyOf(walked, walked.length + 1);
            walked[walked.length - 1] = 100 + seq % 7;
            client.observing("s", seq, walked[walked.length - 1]);
            ServerMessage next = client.next();
            switched = next instanceof ServerMessage.Switched there ? there : null;
        }

        assertThat(switched.from()).isEqualTo(1);
        assertThat(switched.to()).isEqualTo(2);
        // All of them, but where the log was settled meanwhile: then at least as many as are kept.
        int replayed = (int) switched.replayed();
        assertThat(replayed).isBetween(Math.min(16, walked.length - 1), walked.length - 1);
        var answer = client.hear(ServerMessage.Forecasted.class);
        assertSame(
                answer.forecast(),
                predictedBy(2, Arrays.copyOfRange(walked, walked.length - 1 - replayed, walked.length)));
        assertThat(answer.times().timeline().labelOf(answer.times().step()))
                .isEqualTo(TrainedModels.months().labelOf(10 + seq));
        assertSame(client.observe("pinned", 1, 5).forecast(), predictedBy(1, 5));
    }

    @Test
    void tellsHowFarAQuietSessionIsDurable() {
        client.open("s", "air:1", null);
        client.observe("s", 1, first(3));

        var acks = client.hear(ServerMessage.AckMany.class);

        assertThat(acks.sessions()).containsExactly("s");
        assertThat(acks.durableSeqs()).containsExactly(3);
    }

    @Test
    void tellsWhoeverResumesASessionHowFarItIsDurable() {
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, first(5));

        ServerMessage.Resumed resumed = process.connect().resume(token);

        assertThat(resumed.seq()).isEqualTo(5);
        assertThat(resumed.durableSeq()).isEqualTo(5);
    }

    @Test
    void answersOnlyWhatIsDurableWhereThatIsAskedFor() {
        var atOnce = new JournalProperties(
                Duration.ZERO,
                16,
                DataSize.ofMegabytes(128),
                DataSize.ofMegabytes(1),
                Duration.ofMinutes(5),
                Duration.ofMillis(20));
        TestClient other = fixture.start(atOnce).connect();
        other.open("s", "air:1", null);

        for (int i = 0; i < 20; i++) {
            var answer = other.observe("s", i + 1, VALUES[i]);
            assertThat(answer.durableSeq()).isEqualTo(answer.seq());
        }
    }

    @Test
    void aClosedSessionIsGone() {
        String token = client.open("s", "air:1", null);

        assertThat(client.say(new ClientMessage.Close(null, "s"))
                        .hear(ServerMessage.Closed.class)
                        .reason())
                .isEqualTo(CloseReason.CLOSED);

        assertThat(client.observing("s", 1, 1).hearFailure()).isEqualTo(ProblemType.UNKNOWN_SESSION);
        assertThat(client.say(new ClientMessage.Resume(null, token, null)).hearFailure())
                .isEqualTo(ProblemType.SESSION_GONE);
        client.open("s", "air:1", null);
    }

    @Test
    void refusesANameThatIsTaken() {
        client.open("s", "air:1", null);

        assertThat(process.connect().say(TestClient.opening("s", "air:1", null)).hearFailure())
                .isEqualTo(ProblemType.SESSION_EXISTS);
        assertThat(client.say(TestClient.opening("s", "air:1", null)).hearFailure())
                .isEqualTo(ProblemType.SESSION_EXISTS);
        client.observe("s", 1, 1);
    }
}
