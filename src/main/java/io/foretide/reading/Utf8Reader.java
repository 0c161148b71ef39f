package io.foretide.reading;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads UTF-8 text, without a byte order mark, and names the line of bytes that are none.
 *
 * <p>Takes part in a {@link java.io.BufferedReader}, which never asks for less than a character beyond 16 bits needs.
 */
public final class Utf8Reader extends Reader {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).flip();
    private boolean atStart = true;
    private boolean ended;
    private boolean afterReturn;
    private long line = 1;

    public Utf8Reader(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
        while (true) {
            CoderResult result = decoder.decode(bytes, chars, ended);
            skipByteOrderMark(target, offset, chars);
            int read = chars.position();
            if (read > 0) {
                count(target, offset, read);
                return read;
            }
            if (result.isError()) {
                String detail = "The bytes are not UTF-8. Save the file as UTF-8.";
                throw new ProblemException(ProblemType.MALFORMED_BODY, "line " + line + ": " + detail)
                        .at("line " + line, detail);
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void skipByteOrderMark(char[] target, int offset, CharBuffer chars) {
        int read = chars.position();
        if (!atStart || read == 0) {
            return;
        }
        atStart = false;
        if (target[offset] == BYTE_ORDER_MARK) {
            System.arraycopy(target, offset + 1, target, offset, read - 1);
            chars.position(read - 1);
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read > 0) {
            bytes.position(bytes.position() + read);
        }
        ended = read < 0;
        bytes.flip();
    }

    // A line ends with \n, \r\n, or a \r alone.
    private void count(char[] target, int offset, int length) {
        for (int k = offset; k < offset + length; k++) {
            char c = target[k];
            if (c == '\r' || (c == '\n' && !afterReturn)) {
                line++;
            }
            afterReturn = c == '\r';
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
