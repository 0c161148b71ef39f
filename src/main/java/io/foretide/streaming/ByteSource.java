package io.foretide.streaming;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads what a {@link ByteSink} wrote. What cannot have been written so is refused, before anything is made for it. */
final class ByteSource {
    private final ByteBuffer bytes;

    ByteSource(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Bytes that this release cannot have written. */
    static final class UnreadableException extends RuntimeException {
        UnreadableException(String detail) {
            super(detail);
        }

        UnreadableException(String detail, Throwable cause) {
            super(detail, cause);
        }
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    int takeByte() {
        if (!bytes.hasRemaining()) {
            throw endsTooSoon();
        }
        return bytes.get() & 0xFF;
    }

    /** All 64 bits of a number. */
    long takeWhole() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = takeByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new UnreadableException("a number has no end");
    }

    /** A number of at most so much, and at least 0. */
    long takeUpTo(long most) {
        long value = takeWhole();
        if (value < 0 || value > most) {
            throw new UnreadableException("a number is " + value + " and at most " + most);
        }
        return value;
    }

    /** How many things follow, of at least so many bytes each. */
    int takeCount(int bytesOfEach) {
        long count = takeWhole();
        if (count < 0 || count > bytes.remaining() / bytesOfEach) {
            throw new UnreadableException(count + " things do not fit into " + bytes.remaining() + " bytes");
        }
        return (int) count;
    }

    float takeFloat() {
        try {
            return bytes.getFloat();
        } catch (BufferUnderflowException _) {
            throw endsTooSoon();
        }
    }

    double takeDouble() {
        try {
            return bytes.getDouble();
        } catch (BufferUnderflowException _) {
            throw endsTooSoon();
        }
    }

    byte[] takeBytes() {
        var taken = new byte[takeCount(1)];
        bytes.get(taken);
        return taken;
    }

    String takeText() {
        char[] text = new char[takeCount(1)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) takeUpTo(Character.MAX_VALUE);
        }
        return new String(text);
    }

    private static UnreadableException endsTooSoon() {
        return new UnreadableException("the bytes end too soon");
    }
}
