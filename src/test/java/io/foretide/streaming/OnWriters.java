package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.generation.Generated;
import io.foretide.generation.LanguageModel;
import io.foretide.generation.LanguageState;
import io.foretide.generation.SamplingOptions;
import io.foretide.generation.TokenSink;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A process with sessions of language models, and what these say without any session. */
abstract class OnWriters extends OnSessions {
    static final String PROMPT = "the cat sa";
    static final long SEED = 7;

    /** What a session says of itself, beside what the model says without any. */
    static final class Alone {
        private final LanguageModel model;
        private final LanguageState state;

        Alone(String name, int version) {
            this.model = TrainedWriters.find(name, version);
            this.state = model.initialState();
        }

        Alone reads(String text) {
            model.read(state, text);
            return this;
        }

        /** Goes on behind a continuation. */
        Alone after(int tokens) {
            says(tokens);
            return this;
        }

        Generated says(int tokens, String... stop) {
            return model.generate(state, new SamplingOptions(tokens, 1, 0, 1, SEED, List.of(stop)), TokenSink.NONE);
        }
    }

    static Alone tales() {
        return new Alone("tales", 1);
    }

    static ClientMessage.Generate asked(@Nullable String eventId, @Nullable Long seq, int tokens, String... stop) {
        return new ClientMessage.Generate(eventId, "s", seq, tokens, null, null, null, SEED, List.of(stop));
    }

    static void read(TestClient by, String session, long seq, String text) {
        assertThat(by.say(new ClientMessage.Text(null, session, seq, text))
                        .hear(ServerMessage.Acked.class)
                        .seq())
                .isEqualTo(seq);
    }

    /** What a client hears of a continuation: its tokens, and how it ended. */
    record Heard(String text, int tokens, ServerMessage.Generated end) {}

    static Heard hear(TestClient client) {
        var text = new StringBuilder();
        int tokens = 0;
        ServerMessage next = client.next();
        while (next instanceof ServerMessage.Token || next instanceof ServerMessage.AckMany) {
            if (next instanceof ServerMessage.Token token) {
                assertThat(token.index()).isEqualTo(tokens++);
                text.append(token.text());
            }
            next = client.next();
        }
        assertThat(next).isInstanceOf(ServerMessage.Generated.class);
        return new Heard(text.toString(), tokens, (ServerMessage.Generated) next);
    }

    static String generate(TestClient by, int tokens) {
        return hear(by.say(asked(null, null, tokens))).text();
    }
}
