package io.foretide.http;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Whether the client of a request is still there, for those who work long on an answer before they send any of it.
 *
 * <p>A client that has closed its connection looks like one that has said all and has ended its own side alone, which may wait for the
 * answer. Such a one is sent an interim response now and then: clients skip it, and a connection that is closed refuses the next one.
 */
public final class ClientWatch {
    private static final String ATTRIBUTE = ClientWatch.class.getName();

    /** A place that Tomcat leaves to others. */
    private static final int NOTE = 31;

    private static final byte[] INTERIM = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    private final SocketWrapperBase<?> socket;
    private boolean hasAsked;
    private long askedAt;

    private ClientWatch(SocketWrapperBase<?> socket) {
        this.socket = socket;
    }

    /** Watches over the requests that come on a connection, of which those that follow closely are one after the other in the same object. */
    static void begin(Request request, SocketWrapperBase<?> socket) {
        request.setNote(NOTE, new ClientWatch(socket));
    }

    /** Tells each request who watches over it. */
    static final class Valve extends ValveBase {
        Valve() {
            super(true);
        }

        @Override
        public void invoke(org.apache.catalina.connector.Request request, Response response)
                throws IOException, ServletException {
            request.setAttribute(ATTRIBUTE, request.getCoyoteRequest().getNote(NOTE));
            getNext().invoke(request, response);
        }
    }

    /**
     * Whether the client of a request has gone. To be asked by the thread of the request, after its body was read and before its
     * answer is begun. False where it cannot be told: over HTTP/1.0 and TLS, and when the
     * client has sent more meanwhile, which is to be left to the next request.
     */
    public static boolean hasGone(HttpServletRequest request) {
        return request.getProtocol().equals("HTTP/1.1")
                && request.getAttribute(ATTRIBUTE) instanceof ClientWatch watch
                && watch.hasGone();
    }

    private boolean hasGone() {
        if (socket.getSslSupport() != null) { // there, who ends one side ends both
            return false;
        }
        try {
            socket.isReadyForRead();
            return false;
        } catch (EOFException ended) {
            return refuses();
        } catch (IOException broken) {
            return true;
        }
    }

    private boolean refuses() {
        long now = System.nanoTime();
        if (hasAsked && now - askedAt < PAUSE) {
            return false;
        }
        hasAsked = true;
        askedAt = now;
        try {
            socket.write(true, INTERIM, 0, INTERIM.length);
            socket.flush(true);
            return false;
        } catch (IOException gone) {
            return true;
        }
    }
}
