package io.foretide.streaming;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers as bytes, one behind the other; small whole ones are short. Grows with what is put. */
final class ByteSink {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Of a whole number, seven bits each. */
    private static final int MOST_BYTES = 10;

    private byte[] bytes;
    private int size;

    ByteSink(int capacity) {
        bytes = new byte[Math.max(capacity, MOST_BYTES)];
    }

    int size() {
        return size;
    }

    int capacity() {
        return bytes.length;
    }

    void clear() {
        size = 0;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void need(int count) {
        if (bytes.length - size < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
        }
    }

    void putByte(int value) {
        need(1);
        bytes[size++] = (byte) value;
    }

    /** A number that is not negative, or all of its 64 bits. */
    void putWhole(long value) {
        need(MOST_BYTES);
        long left = value;
        while ((left & ~0x7FL) != 0) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    void putFloat(float value) {
        need(Float.BYTES);
        INTS.set(bytes, size, Float.floatToRawIntBits(value));
        size += Float.BYTES;
    }

    void putDouble(double value) {
        need(Double.BYTES);
        LONGS.set(bytes, size, Double.doubleToRawLongBits(value));
        size += Double.BYTES;
    }

    /** A text behind the number of its characters, to the character: halves of surrogate pairs, which UTF-8 loses, are kept. */
    void putText(String text) {
        putWhole(text.length());
        need(3 * text.length() + MOST_BYTES);
        for (int i = 0; i < text.length(); i++) {
            putWhole(text.charAt(i));
        }
    }

    /** Bytes behind their number. */
    void putBytes(byte[] value) {
        putWhole(value.length);
        need(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }
}
