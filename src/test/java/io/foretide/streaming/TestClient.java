package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.problem.ProblemType;
import io.foretide.registry.ModelReference;
import io.foretide.series.TimeSeries;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection whose client takes at once what is sent. */
final class TestClient implements Recipient {
    private final Sessions sessions;
    private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();

    TestClient(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void send(ServerMessage message) {
        received.add(message);
    }

    TestClient say(ClientMessage message) {
        sessions.handle(message, this);
        return this;
    }

    /** The next message of a kind; others before it are passed over, but no failure is. */
    <M extends ServerMessage> M hear(Class<M> kind) {
        while (true) {
            ServerMessage next = next();
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            assertThat(next).isNotInstanceOf(ServerMessage.Failed.class);
        }
    }

    ServerMessage next() {
        try {
            ServerMessage next = received.poll(30, TimeUnit.SECONDS);
            assertThat(next).as("a message").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    ProblemType hearFailure() {
        return hear(ServerMessage.Failed.class).problem().type();
    }

    boolean hasHeardNothing() {
        return received.isEmpty();
    }

    static ClientMessage.Open opening(String name, String model, @Nullable TimeSeries series) {
        return opening(name, model, VersionPolicy.PIN, series);
    }

    static ClientMessage.Open opening(String name, String model, VersionPolicy policy, @Nullable TimeSeries series) {
        return new ClientMessage.Open(
                null, name, ModelReference.parse(model), null, null, Emit.EACH, policy, series, null, null);
    }

    /** Opens a session, and gives its token. */
    String open(String name, String model, @Nullable TimeSeries series) {
        return say(opening(name, model, series))
                .hear(ServerMessage.Opened.class)
                .token();
    }

    ServerMessage.Resumed resume(String token) {
        return say(new ClientMessage.Resume(null, token, null)).hear(ServerMessage.Resumed.class);
    }

    TestClient observing(String session, long seq, double value) {
        return say(new ClientMessage.Observe(null, Observation.of(session, seq, value)));
    }

    /** Sends the values from that count on, and gives the answer to the last one. */
    ServerMessage.Forecasted observe(String session, long from, double... values) {
        ServerMessage.Forecasted last = null;
        for (int i = 0; i < values.length; i++) {
            last = observing(session, from + i, values[i]).hear(ServerMessage.Forecasted.class);
            assertThat(last.seq()).isEqualTo(from + i);
        }
        return last;
    }

    /** Sends a step of a sequence, and gives what is said of all of it so far. */
    Labelled label(String session, long seq, double... channels) {
        var observation = new Observation(session, seq, 0, channels, null, Map.of(), Map.of());
        var answer = say(new ClientMessage.Observe(null, observation)).hear(ServerMessage.Classified.class);
        assertThat(answer.seq()).isEqualTo(seq);
        return answer.labelled();
    }

    /** Sends a piece of text, and gives what is said of all of it so far. */
    Labelled label(String session, long seq, String text) {
        var answer = say(new ClientMessage.Text(null, session, seq, text)).hear(ServerMessage.Classified.class);
        assertThat(answer.seq()).isEqualTo(seq);
        return answer.labelled();
    }

    Labelled askLabel(String session) {
        return say(new ClientMessage.AskClassification(null, session))
                .hear(ServerMessage.ClassificationAnswered.class)
                .labelled();
    }

    ServerMessage.ForecastAnswered ask(String session) {
        return say(new ClientMessage.AskForecast(null, session, null, null, Map.of()))
                .hear(ServerMessage.ForecastAnswered.class);
    }

    ServerMessage.ForecastMany observeMany(List<String> sessions, long seq, double[] values) {
        long[] seqs = new long[values.length];
        Arrays.fill(seqs, seq);
        return say(new ClientMessage.ObserveMany(null, new Points(sessions.toArray(String[]::new), seqs, values)))
                .hear(ServerMessage.ForecastMany.class);
    }
}
