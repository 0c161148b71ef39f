package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GenerationTurnsTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void leavesAProcessorFreeWhereThereAreSeveral() throws Exception {
        var turns = new GenerationTurns();
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var begun = new CountDownLatch(Math.max(1, PROCESSORS - 1));
        var goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4 * PROCESSORS; i++) {
                all.add(threads.submit(() -> turns.take(() -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    begun.countDown();
                    await(goOn);
                    now.decrementAndGet();
                })));
            }

            begun.await();
            goOn.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(most).hasValue(Math.max(1, PROCESSORS - 1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
