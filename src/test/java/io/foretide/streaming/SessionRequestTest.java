package io.foretide.streaming;

import static io.foretide.streaming.SessionFixture.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Requests with a token find a session as the last one left it, whatever process each of them comes to. */
class SessionRequestTest extends OnSessions {
    private SessionFixture.Process other;

    @BeforeEach
    void startAnother() {
        other = fixture.start();
    }

    private static SessionRequest request(
            SessionFixture.Process at, String token, List<? extends ClientMessage> messages) {
        var request = new SessionRequest(at.sessions(), token, messages, 1 << 16);
        request.ask();
        return request;
    }

    private static ServerMessage answer(SessionRequest request) {
        ServerMessage answer =
                request.answered().orTimeout(30, TimeUnit.SECONDS).join().first();
        request.end();
        return answer;
    }

    private static ClientMessage.Observe observing(long seq, double value) {
        return new ClientMessage.Observe(null, Observation.of("s", seq, value));
    }

    private static ServerMessage.Forecasted observe(SessionFixture.Process at, String token, long seq) {
        return (ServerMessage.Forecasted) answer(request(at, token, List.of(observing(seq, VALUES[(int) seq - 1]))));
    }

    private static ServerMessage.ForecastAnswered ask(SessionFixture.Process at, String token) {
        var ask = new ClientMessage.AskForecast(null, "s", null, null, Map.of());
        return (ServerMessage.ForecastAnswered) answer(request(at, token, List.of(ask)));
    }

    @Test
    void comeToAnyProcessInTurn() {
        String token = client.open("s", "air:1", null);

        for (int seq = 1; seq <= 20; seq++) {
            var answer = observe(seq % 2 == 0 ? process : other, token, seq);

            assertThat(answer.seq()).isEqualTo(seq);
            assertThat(answer.durableSeq()).isEqualTo(seq);
            assertSame(answer.forecast(), predicted(first(seq)));
            assertSame(ask(seq % 2 == 0 ? other : process, token).forecast(), predicted(first(seq)));
        }
    }

    @Test
    void changeTheSessionWhereverItWas() {
        String token = client.open("s", "air:1", null);
        observe(process, token, 1);
        observe(other, token, 2);

        var rewound = answer(request(process, token, List.of(new ClientMessage.Rewind(null, "s", 1))));
        var forked = answer(request(other, token, List.of(new ClientMessage.Fork(null, "s", "t"))));

        assertThat(((ServerMessage.Rewound) rewound).seq()).isEqualTo(1);
        assertThat(((ServerMessage.Forked) forked).seq()).isEqualTo(1);
        assertSame(ask(process, token).forecast(), predicted(first(1)));
    }

    @Test
    void areAnsweredWhenWhatTheyObserveIsDurable() {
        var slow = fixture.start(JournalFixture.properties(Duration.ofSeconds(10), DataSize.ofMegabytes(128)));
        String token = slow.connect().open("s", "air:1", null);

        observe(slow, token, 1);
        slow.database().takeAway();

        assertThat(other.connect().resume(token).seq()).isEqualTo(1);
    }

    @Test
    void areAskedAgainWhereAnotherProcessHadTheSessionMeanwhile() {
        String token = client.open("s", "air:1", null);
        client.observe("s", 1, first(5));
        until(() -> assertThat(client.ask("s").durableSeq()).isEqualTo(5));
        process.database().stall();
        SessionRequest request = request(process, token, List.of(observing(6, VALUES[5]), observing(7, VALUES[6])));
        TestClient elsewhere = other.connect();
        assertThat(elsewhere.resume(token).seq()).isEqualTo(5);
        elsewhere.observe("s", 6, VALUES[5]);
        until(() -> assertThat(elsewhere.ask("s").durableSeq()).isEqualTo(6));

        process.database().goOn();

        assertThat(((ServerMessage.Acked) answer(request)).seq()).isEqualTo(6); // a repeat by now
        assertSame(ask(process, token).forecast(), predicted(first(7)));
    }

    @Test
    void tellWhatIsWrongWithEachOfMany() {
        String token = client.open("s", "air:1", null);
        List<ClientMessage.Observe> observations = IntStream.of(1, 2, 9, 3)
                .mapToObj(seq -> observing(seq, VALUES[seq - 1]))
                .toList();

        SessionRequest request = request(process, token, observations);

        assertThat(request.answered().join().allAsJson(Codec.encoder()))
                .contains("\"seq\":2,\"durable_seq\":2,", "\"seq\":3,\"durable_seq\":3,", "unexpected-count");
    }

    @Test
    void tellThatTheSessionIsGone() {
        String token = client.open("s", "air:1", null);
        client.say(new ClientMessage.Close(null, "s")).hear(ServerMessage.Closed.class);

        SessionRequest request = request(other, token, List.of(observing(1, 1)));

        assertThat(request.answered())
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::type)
                .isEqualTo(ProblemType.SESSION_GONE);
    }
}
