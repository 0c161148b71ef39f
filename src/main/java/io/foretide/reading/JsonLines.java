package io.foretide.reading;

import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;

/**
 * A body cut at its line ends, so that each line is a document of its own and one broken line leaves the others
 * readable.
 */
public final class JsonLines {
    private final LineStream lines;
    private final Findings findings;

    public JsonLines(InputStream body, Findings findings) {
        this.lines = new LineStream(body);
        this.findings = findings;
    }

    /** Reads every line that holds anything; the parser stands at its value, and must then stand at the end of that. */
    public void read(BiConsumer<JsonParser, Places.Pointers> item) {
        try {
            while (lines.next()) {
                readLine(item, Places.Pointers.onLine(lines.number()));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void readLine(BiConsumer<JsonParser, Places.Pointers> item, Places.Pointers places) {
        try (JsonParser parser = JsonStreams.factory().createParser(ObjectReadContext.empty(), lines)) {
            if (parser.nextToken() == null) {
                return;
            }
            item.accept(parser, places);
            if (parser.nextToken() != null) {
                findings.add(ProblemType.MALFORMED_BODY, places.here(), "More than one value. Send one a line.");
            }
        } catch (JacksonException malformed) {
            findings.add(ProblemType.MALFORMED_BODY, places.here(), JsonStreams.describeLine(malformed));
        }
    }

    /** A stream that ends at the end of each line, and goes on when told to. */
    private static final class LineStream extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[1 << 16];
        private int position;
        private int limit;
        private long number;
        private boolean atLineEnd = true;

        LineStream(InputStream in) {
            this.in = in;
        }

        /** Moves to the next line; false where there is none. */
        boolean next() throws IOException {
            while (!atLineEnd) {
                position += length(limit - position);
                takeLineEnd();
            }
            number++;
            while (fill() && buffer[position] == '\n') { // no parser for what holds nothing
                position++;
                number++;
            }
            atLineEnd = position >= limit;
            return !atLineEnd;
        }

        long number() {
            return number;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            takeLineEnd();
            if (atLineEnd) {
                return -1;
            }
            int count = length(Math.min(length, limit - position));
            System.arraycopy(buffer, position, target, offset, count);
            position += count;
            return count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        private void takeLineEnd() throws IOException {
            if (atLineEnd) {
                return;
            }
            if (!fill()) {
                atLineEnd = true;
            } else if (buffer[position] == '\n') {
                position++;
                atLineEnd = true;
            }
        }

        /** How many of the next bytes belong to the line. */
        private int length(int most) {
            for (int k = 0; k < most; k++) {
                if (buffer[position + k] == '\n') {
                    return k;
                }
            }
            return most;
        }

        private boolean fill() throws IOException {
            while (position >= limit) {
                limit = in.read(buffer, 0, buffer.length);
                position = 0;
                if (limit < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
