package io.foretide.streaming;

import jakarta.websocket.RemoteEndpoint;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.apache.tomcat.websocket.WsRemoteEndpointBase;
import org.apache.tomcat.websocket.WsRemoteEndpointImplBase;

/**
 * Sends texts that are bytes already. Tomcat offers this for binary messages alone: of a text it takes each character by itself,
 * which costs about as much as to make a forecast of many steps.
 */
final class TextFrames {
    private static final byte TEXT = 1; // RFC 6455, 5.2

    /** In bytes; longer texts are sent as several frames, each of which has the time that Tomcat gives a client to read one. */
    private static final int LONGEST = 16 << 10;

    /** What Tomcat's own sending of texts ends in, once their bytes are made. */
    private static final MethodHandle SEND = send();

    private TextFrames() {}

    /**
     * Sends a text, and waits until it is on its way or, while frames are batched, kept for that. By one thread at a time.
     *
     * @param text in UTF-8, which is not checked
     */
    static void send(RemoteEndpoint.Basic remote, ByteBuffer text) throws IOException {
        int at = text.position();
        while (text.limit() - at > LONGEST) {
            send(remote, text.slice(at, LONGEST), false);
            at += LONGEST;
        }
        send(remote, text.slice(at, text.limit() - at), true);
    }

    private static void send(RemoteEndpoint.Basic remote, ByteBuffer piece, boolean last) throws IOException {
        try {
            SEND.invokeExact(remote, TEXT, piece, last);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle send() {
        try {
            MethodHandles.Lookup own = MethodHandles.lookup();
            MethodHandle base = MethodHandles.privateLookupIn(WsRemoteEndpointBase.class, own)
                    .findGetter(WsRemoteEndpointBase.class, "base", WsRemoteEndpointImplBase.class);
            MethodHandle send = MethodHandles.privateLookupIn(WsRemoteEndpointImplBase.class, own)
                    .findVirtual(
                            WsRemoteEndpointImplBase.class,
                            "sendMessageBlock",
                            MethodType.methodType(void.class, byte.class, ByteBuffer.class, boolean.class));
            return MethodHandles.filterArguments(send, 0, base)
                    .asType(MethodType.methodType(
                            void.class, RemoteEndpoint.Basic.class, byte.class, ByteBuffer.class, boolean.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("another Tomcat than this was written for", e);
        }
    }
}
