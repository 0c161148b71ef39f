package io.foretide.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Until the compiler has seen them, vectors are objects; then nothing is allocated any more. */
public final class Allocations {
    private static final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Allocations() {}

    /** Repeats the work until so many times in a row allocate nothing; fails where that takes too long. */
    public static void assertAllocatesNothingInTheEnd(int times, Runnable work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long allocated;
        do {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < times; i++) {
                work.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        } while (allocated > 0 && System.nanoTime() < end);
        assertThat(allocated).isZero();
    }

    /** How many bytes the work allocates on this thread. */
    public static long of(Runnable work) {
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
