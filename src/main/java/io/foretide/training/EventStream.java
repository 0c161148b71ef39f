package io.foretide.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.MediaType;

/**
 * The answer to a request as server-sent events, written by a thread that is none of the web server's.
 *
 * <p>It stands on the web server itself. Spring's emitter ends a request by dispatching it once more, and where the client
 * goes away meanwhile, some requests never end for the web server, which then waits for them when it stops.
 */
final class EventStream implements AsyncListener {
    private final AsyncContext context;
    private final OutputStream out;
    private boolean ended;

    /** Begins the answer; from here on it is this stream's. */
    EventStream(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // events are for now, and not to be held back by proxies
        out = response.getOutputStream();
        context = request.startAsync();
        context.setTimeout(0);
        context.addListener(this);
    }

    /** Writes whole lines, and sends them at once. */
    synchronized void write(String lines) throws IOException {
        if (ended) {
            throw new IOException("the request has ended");
        }
        try {
            out.write(lines.getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            ended = true; // the web server knows as well, and ends the request
            throw e;
        }
    }

    /** Ends the answer, where nobody else has. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            context.complete();
        }
    }

    // The web server ends requests in threads of its own, and uses what they wrote to for others: it waits for a write.

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        ended = true;
    }

    @Override
    public synchronized void onError(AsyncEvent event) {
        ended = true;
    }

    @Override
    public synchronized void onTimeout(AsyncEvent event) {
        ended = true;
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody starts it again.
    }
}
