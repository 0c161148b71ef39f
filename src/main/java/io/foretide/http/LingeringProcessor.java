package io.foretide.http;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which something went wrong in two steps: it ends its own side, and reads and forgets what the
 * client still sends until that closes too, within bounds of time and bytes.
 *
 * <p>A socket that is closed over bytes that nobody read resets the connection, and the reset can take the answer from a
 * client that is still sending. Tomcat does so wherever it refuses a request before it knows what follows: a broken request
 * line, headers that are too large. No thread waits meanwhile: the connection is read when something has come.
 *
 * <p>Not over TLS, where one side alone cannot be ended.
 */
final class LingeringProcessor extends Http11Processor {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 16 << 20;

    /**
     * Whether the last request line was HTTP/0.9, of which answers have no status and no headers. Tomcat sets it only where
     * it can read a line, so that the next one that it cannot read, of anybody, would be answered without a status.
     */
    private static final VarHandle HTTP_09 = privateFlag("http09");

    /** The connection that is only read to its end; null while this processes requests. */
    private @Nullable SocketWrapperBase<?> lingering;

    private long deadline;
    private long bytesLeft;

    LingeringProcessor(LingeringProtocol protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    @Override
    public SocketState process(SocketWrapperBase<?> socket, SocketEvent event) throws IOException {
        if (socket != lingering) { // another one: processors are used again, whatever became of their last connection
            HTTP_09.set((Http11Processor) this, false);
            SocketState state = super.process(socket, event);
            boolean isBroken = state == SocketState.CLOSED && getErrorState().isError() && !isAsync();
            if (!isBroken || !endOutput(socket)) {
                return state;
            }
            lingering = socket;
            deadline = System.nanoTime() + PATIENCE.toNanos();
            bytesLeft = MOST_BYTES;
        } else if (event != SocketEvent.OPEN_READ) { // it came to nothing for too long, or the server stops
            bytesLeft = 0;
        }
        if (mayGoOn(socket)) {
            return SocketState.LONG;
        }
        lingering = null;
        return SocketState.CLOSED;
    }

    /**
     * Leaves a request open whose client another thread could not write to before this thread was done with it. An event that
     * ends it is under way then; Tomcat would use the request for another client at once.
     */
    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        ClientWatch.begin(getRequest(), socket);
        SocketState state = super.service(socket);
        return state == SocketState.CLOSED && isAsync() ? SocketState.LONG : state;
    }

    /** As {@link #service}, where the other thread fails a moment later, for which Tomcat has no state. */
    @Override
    public SocketState asyncPostProcess() throws IOException {
        try {
            return super.asyncPostProcess();
        } catch (IllegalStateException e) {
            if (isAsync() && !getErrorState().isIoAllowed()) {
                return SocketState.LONG;
            }
            throw e;
        }
    }

    private static VarHandle privateFlag(String name) {
        try {
            return MethodHandles.privateLookupIn(Http11Processor.class, MethodHandles.lookup())
                    .findVarHandle(Http11Processor.class, name, boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another Tomcat than this was written for", e);
        }
    }

    private static boolean endOutput(SocketWrapperBase<?> socket) {
        boolean isPlain = socket.getSslSupport() == null;
        if (!isPlain
                || !(socket instanceof NioSocketWrapper nio)
                || !nio.getSocket().isOpen()
                || isSilent(nio)) {
            return false;
        }
        try {
            nio.getSocket().getIOChannel().shutdownOutput();
            return true;
        } catch (IOException clientGone) {
            return false;
        }
    }

    /**
     * Whether somebody has waited in vain for a part of the body. Nothing is under way then; and Tomcat goes on watching the
     * connection for who waited, so that whoever comes next would never hear of anything.
     */
    private static boolean isSilent(NioSocketWrapper socket) {
        SelectionKey key =
                socket.getSocket().getIOChannel().keyFor(socket.getPoller().getSelector());
        return key == null || !key.isValid() || (key.interestOps() & SelectionKey.OP_READ) != 0;
    }

    /** Reads what has come, and says whether more may be waited for. */
    private boolean mayGoOn(SocketWrapperBase<?> socket) {
        byte[] forgotten = new byte[8192];
        try {
            int read = 1;
            while (read > 0) {
                if (bytesLeft <= 0 || deadline - System.nanoTime() <= 0) {
                    return false;
                }
                read = socket.read(false, forgotten, 0, forgotten.length);
                bytesLeft -= read;
            }
        } catch (IOException ended) {
            return false;
        }
        long millisLeft = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        socket.setReadTimeout(Math.max(1, millisLeft));
        return true;
    }
}
