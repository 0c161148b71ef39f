package stream;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that costs next to nothing, as it shares the cores with the server. */
public final class Socket implements AutoCloseable {
    private static final byte[] ACK = "{\"type\":\"ack.many\"".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    /** Whether the frame that was begun is the last of its message. */
    private boolean last;

    private ByteBuffer in = ByteBuffer.allocateDirect(1 << 16).flip();
    private ByteBuffer out = ByteBuffer.allocateDirect(1 << 16);

    public Socket(int port, String path) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        var line = new StringBuilder();
        while (line.length() < 4 || !line.substring(line.length() - 4).equals("\r\n\r\n")) {
            line.append((char) (next() & 0xff));
        }
        if (!line.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(line.toString());
        }
    }

    /** Adds a frame to what is sent next. The mask is zero, which a server undoes all the same. */
    public void put(byte[] text) {
        int needed = text.length + 14;
        if (out.remaining() < needed) {
            var larger = ByteBuffer.allocateDirect(Math.max(2 * out.capacity(), out.position() + needed));
            larger.put(out.flip());
            out = larger;
        }
        out.put((byte) 0x81);
        if (text.length < 126) {
            out.put((byte) (0x80 | text.length));
        } else if (text.length < 1 << 16) {
            out.put((byte) (0x80 | 126)).putShort((short) text.length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(text.length);
        }
        out.putInt(0).put(text);
    }

    public void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    /** Sends a message, waits for its answer, and gives its length. */
    public int trip(byte[] text) throws IOException {
        put(text);
        flush();
        return skip();
    }

    private byte next() throws IOException {
        need(1);
        return in.get();
    }

    private void need(int bytes) throws IOException {
        if (in.capacity() < bytes) {
            in = ByteBuffer.allocateDirect(Integer.highestOneBit(bytes) << 1).put(in).flip();
        }
        while (in.remaining() < bytes) {
            in.compact();
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
            in.flip();
        }
    }

    private int frame() throws IOException {
        need(2);
        int first = in.get();
        int opcode = first & 0x0f;
        last = first < 0;
        int length = in.get() & 0x7f;
        if (length == 126) {
            need(2);
            length = in.getShort() & 0xffff;
        } else if (length == 127) {
            need(8);
            length = (int) in.getLong();
        }
        if (opcode == 8) {
            throw new EOFException("the server ended the connection");
        }
        return length;
    }

    /** Passes over the next answer, and gives its length; acknowledgements that nothing asked for do not count. */
    public int skip() throws IOException {
        int length = frame();
        need(Math.min(length, ACK.length));
        boolean ack = length > ACK.length;
        for (int i = 0; ack && i < ACK.length; i++) {
            ack = in.get(in.position() + i) == ACK[i];
        }
        skip(length);
        int whole = length;
        while (!last) {
            length = frame();
            skip(length);
            whole += length;
        }
        return ack ? skip() : whole;
    }

    private void skip(int length) throws IOException {
        int left = length;
        while (left > 0) {
            int here = Math.min(left, in.remaining());
            in.position(in.position() + here);
            left -= here;
            if (left > 0) {
                need(1);
            }
        }
    }

    /** The next message as text. */
    public String read() throws IOException {
        var text = new StringBuilder();
        do {
            int length = frame();
            need(length);
            byte[] piece = new byte[length];
            in.get(piece);
            text.append(new String(piece, StandardCharsets.US_ASCII));
        } while (!last);
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
