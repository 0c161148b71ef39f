package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Bodies that are made while they are read, so that only what the reader keeps can need memory. */
class LargeBodiesTest {
    private static final int ROWS = 1_000_000;
    private static final SeriesLimits LIMITS = new SeriesLimits(10_000, 10_000_000, 10, 100);

    @Test
    void readsAMillionRowsOfCsv() {
        LocalDate start = LocalDate.parse("1990-01-01");
        InputStream body = body(
                "item_id,timestamp,target\n",
                k -> "item" + k / 1000 + "," + start.plusDays(k % 1000) + "," + k + ".5\n",
                "");

        List<TimeSeries> series = new SeriesReader(LIMITS).readCsv(body, SeriesDefaults.parse("D", null));

        assertThat(series).hasSize(1000);
        assertThat(series.getLast().target()).endsWith(ROWS - 0.5);
    }

    @Test
    void holdsTheNumbersOfOneJsonSeriesLittleMoreThanOnce() {
        InputStream body = body("{\"target\":[0", k -> "," + k, "]}");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        new SeriesReader(LIMITS).readJsonLines(SeriesReading.stream("{\"target\":[0]}"), SeriesDefaults.NONE);
        long before = threads.getCurrentThreadAllocatedBytes();

        List<TimeSeries> series = new SeriesReader(LIMITS).readJsonLines(body, SeriesDefaults.NONE);

        // All that was ever allocated: growing arrays sum up to a few times the last one, boxes or trees to far more.
        long allocated = threads.getCurrentThreadAllocatedBytes() - before - Body.allocated(body);
        assertThat(series.getFirst().length()).isEqualTo(ROWS + 1);
        assertThat(allocated).isLessThan(8L * ROWS * 8);
    }

    private static InputStream body(String head, IntFunction<String> row, String tail) {
        return new Body(head, row, tail);
    }

    private static final class Body extends InputStream {
        private final IntFunction<String> row;
        private final String tail;
        private byte[] chunk;
        private int position;
        private int next;
        private long allocated;

        Body(String head, IntFunction<String> row, String tail) {
            this.row = row;
            this.tail = tail;
            this.chunk = head.getBytes(StandardCharsets.UTF_8);
        }

        static long allocated(InputStream body) {
            return ((Body) body).allocated;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == chunk.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - position);
            System.arraycopy(chunk, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean fill() {
            if (next > ROWS) {
                return false;
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < 1000 && next < ROWS; k++) {
                text.append(row.apply(next++));
            }
            if (next == ROWS) {
                text.append(tail);
                next++;
            }
            chunk = text.toString().getBytes(StandardCharsets.UTF_8);
            position = 0;
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
            return chunk.length > 0;
        }
    }
}
