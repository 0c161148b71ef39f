package io.foretide.prediction;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private final JsonMapper json;

    /** A token on the wire. */
    private record Token(int index, String text) {}

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
    protected void writeInternal(ContinuationStream stream, HttpOutputMessage message) throws IOException {
        OutputStream out = message.getBody();
        // A client that goes away makes the next write fail, which ends the generation.
        ContinuationAnswer answer = stream.work().apply((index, text, _) -> {
            send("token", new Token(index, text), out);
            return true;
        });
        send("done", answer, out);
    }

    private void send(String event, Object data, OutputStream out) {
        String lines = "event:" + event + "\ndata:" + json.writeValueAsString(data) + "\n\n";
        try {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
