package io.foretide.prediction;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.foretide.generation.TokenSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends a continuation as server-sent events: {@code token} for each, then {@code done}. */
@Component
final class ContinuationEventsConverter extends AbstractHttpMessageConverter<ContinuationStream> {
    /** Tokens that are sent at once, behind the first one: so many take less than a reader notices. */
    private static final int AT_ONCE = 8;

    private final JsonMapper json;

    /** A token on the wire. */
    private record Token(
            int index,
            String text,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double logProbability) {
        static Token of(int index, String text, double logProbability) {
            return new Token(index, text, Double.isNaN(logProbability) ? null : logProbability);
        }
    }

    ContinuationEventsConverter(JsonMapper json) {
        super(StandardCharsets.UTF_8, MediaType.TEXT_EVENT_STREAM);
        this.json = json;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return ContinuationStream.class.equals(type);
    }

    @Override
    protected boolean canRead(@Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected ContinuationStream readInternal(Class<? extends ContinuationStream> type, HttpInputMessage message) {
        throw new HttpMessageNotReadableException("events are written and never read", message);
    }

    @Override
    protected void writeInternal(ContinuationStream stream, HttpOutputMessage message) {
        var events = new Events(message);
        ContinuationAnswer answer = stream.work().apply(events);
        events.send("done", answer);
        events.flush();
    }

    /** What is heard of one continuation, on its way to the client. One that has gone makes a pause fail, which ends the generation. */
    private final class Events implements ContinuationListener {
        private final HttpOutputMessage message;
        private final List<Token> heard = new ArrayList<>();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        private Events(HttpOutputMessage message) {
            this.message = message;
        }

        @Override
        public TokenSink sink() {
            return (index, text, logProbability) -> heard.add(Token.of(index, text, logProbability));
        }

        @Override
        public int next(int tokens) {
            return tokens == 0 ? 1 : AT_ONCE;
        }

        @Override
        public void pause() {
            heard.forEach(token -> send("token", token));
            heard.clear();
            flush();
        }

        private void send(String event, Object data) {
            String lines = "event:" + event + "\ndata:" + json.writeValueAsString(data) + "\n\n";
            written.writeBytes(lines.getBytes(StandardCharsets.UTF_8));
        }

        private void flush() {
            if (written.size() == 0) {
                return;
            }
            try {
                OutputStream out = message.getBody();
                written.writeTo(out);
                out.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
            written.reset();
        }
    }
}
