package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemType;
import io.foretide.storage.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that goes from one process to another and back stands where it stood, whatever the first one remembers. */
class MovedSessionsTest {
    private SessionFixture fixture;
    private SessionFixture.Process first;
    private SessionFixture.Process second;

    @BeforeEach
    void startTwo() {
        fixture = new SessionFixture(TestDatabase.inMemory());
        first = fixture.start();
        second = fixture.start();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    /** One that is in use comes to rest as soon as it is not: its last answer may be there before. */
    private void restAll() {
        until(() -> {
            first.sessions().live().restAll().join();
            assertThat(first.sessions().live().inMemory()).isZero();
        });
    }

    @Test
    void isInMemoryFromItsOpeningOn() {
        first.connect().open("s", "air:1", null);

        assertThat(first.sessions().live().inMemory()).isEqualTo(1);
    }

    @Test
    void comesBackWithWhatItObservedElsewhereBeforeTheFirstProcessHasHeardOfIt() {
        String token = first.connect().open("s", "air:1", null);

        for (int turn = 0; turn < 10; turn++) {
            TestClient there = (turn % 2 == 0 ? second : first).connect();
            assertThat(there.resume(token).seq()).isEqualTo(turn);
            there.observe("s", turn + 1, turn);
            until(() -> assertThat(there.ask("s").durableSeq())
                    .isEqualTo(there.ask("s").seq()));
        }
    }

    @Test
    void keepsNoOtherOfItsBatchFromBeingAnswered() {
        TestClient thief = second.connect();
        var heard = new LinkedBlockingQueue<ServerMessage>();
        Map<String, String> tokens = new ConcurrentHashMap<>();
        Recipient owner = message -> {
            heard.add(message);
            if (message instanceof ServerMessage.Opened opened) {
                tokens.put(opened.session(), opened.token());
            } else if (message instanceof ServerMessage.Warning) {
                // When the answer to the repeat is on its way, and those to the others wait behind it.
                thief.resume(tokens.get("taken"));
                until(() -> assertThat(heard).hasAtLeastOneElementOfType(ServerMessage.Closed.class));
            }
        };
        first.sessions().came(owner);
        List<String> names = List.of("repeating", "taken", "other");
        names.forEach(name -> first.sessions().handle(TestClient.opening(name, "air:1", null), owner));
        until(() -> assertThat(tokens).hasSize(3));

        first.sessions().handle(observingEach(names, 0, 1, 1), owner);

        until(() -> assertThat(heard).hasAtLeastOneElementOfType(ServerMessage.ForecastMany.class));
        first.sessions().handle(observingEach(List.of("other"), 2), owner);
        until(() -> assertThat(heard)
                .filteredOn(ServerMessage.ForecastMany.class::isInstance)
                .hasSize(2));
    }

    private static ClientMessage.ObserveMany observingEach(List<String> names, long... seqs) {
        return new ClientMessage.ObserveMany(
                null, new Points(names.toArray(String[]::new), seqs, new double[seqs.length]));
    }

    @Test
    void isCountedByWhereItCameFrom() {
        TestClient client = first.connect();
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, 1);
        restAll();
        client.observe("s", 2, 2);

        second.connect().resume(token);

        assertThat(resumed(first, "store")).isEqualTo(1);
        assertThat(resumed(first, "process")).isZero();
        assertThat(resumed(second, "store")).isZero();
        assertThat(resumed(second, "process")).isEqualTo(1);
    }

    private static double resumed(SessionFixture.Process process, String source) {
        return process.meters()
                .get("foretide.sessions.resumed")
                .tag("source", source)
                .counter()
                .count();
    }

    @Test
    void isNotTakenBackByTheConnectionThatItLeftAtRest() {
        TestClient before = first.connect();
        String token = before.open("s", "air:1", null);
        before.observe("s", 1, 1, 2);
        restAll();
        TestClient after = second.connect();
        after.resume(token);

        before.observing("s", 3, 9);

        assertThat(before.hear(ServerMessage.Closed.class).reason()).isEqualTo(CloseReason.TAKEN_OVER);
        assertThat(before.hearFailure()).isEqualTo(ProblemType.SESSION_ELSEWHERE);
        assertThat(after.observe("s", 3, 4).seq()).isEqualTo(3);
    }

    @Test
    void staysWithItsConnectionWhereATokenUsesItAtRest() {
        TestClient owner = first.connect();
        String token = owner.open("s", "air:1", null);
        owner.observe("s", 1, 1);
        restAll();
        var observation = new ClientMessage.Observe(null, Observation.of("s", 2, 2));
        var request = new SessionRequest(first.sessions(), token, List.of(observation), 1 << 16);
        request.ask();
        request.answered().join();
        request.end();
        restAll();

        ServerMessage.Forecasted next = owner.observe("s", 3, 3);

        assertThat(next.seq()).isEqualTo(3);
    }

    @Test
    void isNotTakenBackWithinAProcessEither() {
        TestClient before = first.connect();
        String token = before.open("s", "air:1", null);
        restAll();
        TestClient after = first.connect();
        after.resume(token);

        before.observing("s", 1, 9);

        assertThat(before.hear(ServerMessage.Closed.class).reason()).isEqualTo(CloseReason.TAKEN_OVER);
        assertThat(before.hearFailure()).isEqualTo(ProblemType.UNKNOWN_SESSION);
        assertThat(after.observe("s", 1, 4).seq()).isEqualTo(1);
    }
}
