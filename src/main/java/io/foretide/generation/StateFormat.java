package io.foretide.generation;

import io.foretide.network.UnreadableStateException;
import io.foretide.text.Tokenizer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A state as bytes, little-endian: format, counts, the last token, whether space follows it, what is no token yet, and what the
 * layers carry. The counts tell networks of other shapes, not versions of one shape.
 */
final class StateFormat {
    private static final byte FORMAT = 1;
    private static final int HEAD = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES + 1 + Integer.BYTES;
    private static final int LONGEST_PENDING = 2 * Tokenizer.LONGEST_WORD;

    private StateFormat() {}

    static byte[] write(LanguageState state) {
        int length = HEAD + Character.BYTES * state.pending.length() + Float.BYTES * state.numbers.length;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(FORMAT).putInt(state.numbers.length).putLong(state.position).putInt(state.last);
        bytes.put((byte) (state.spaced ? 1 : 0)).putInt(state.pending.length());
        for (int i = 0; i < state.pending.length(); i++) {
            bytes.putChar(state.pending.charAt(i)); // no encoding: it may end with half of a surrogate pair
        }
        bytes.asFloatBuffer().put(state.numbers);
        return bytes.array();
    }

    static LanguageState read(byte[] source, LanguageSettings settings) throws UnreadableStateException {
        if (source.length < HEAD || source[0] != FORMAT) {
            throw new UnreadableStateException("%d bytes of format %d, and not of format %d"
                    .formatted(source.length, source.length == 0 ? 0 : source[0], FORMAT));
        }
        ByteBuffer bytes =
                ByteBuffer.wrap(source).order(ByteOrder.LITTLE_ENDIAN).position(1);
        int count = bytes.getInt(), expected = settings.shape().stateLength();
        long position = bytes.getLong();
        int last = bytes.getInt();
        byte spaced = bytes.get();
        int pending = bytes.getInt();
        if (count != expected) {
            throw new UnreadableStateException("the state of a network of another shape");
        }
        boolean holds = position >= 0
                && last >= 0
                && last < settings.generate().vocabulary()
                && (spaced == 0 || spaced == 1)
                && pending >= 0
                && pending <= LONGEST_PENDING
                && source.length == HEAD + Character.BYTES * pending + Float.BYTES * count;
        if (!holds) {
            throw new UnreadableStateException(
                    "%d bytes after %d tokens, which do not fit each other".formatted(source.length, position));
        }
        var text = new StringBuilder();
        for (int i = 0; i < pending; i++) {
            text.append(bytes.getChar());
        }
        float[] numbers = new float[count];
        bytes.asFloatBuffer().get(numbers);
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new UnreadableStateException("numbers that are not finite");
            }
        }
        return new LanguageState(numbers, position, last, spaced == 1, text.toString());
    }
}
