package io.foretide.registry;

import io.foretide.generation.Turns;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/**
 * The processors that all who generate text share: all but one, so that a forecast finds one free however many texts are being
 * written. Who waits gets its turn in order.
 */
@Component
public final class GenerationTurns implements Turns {
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);

    @Override
    public void take(Runnable slice) {
        processors.acquireUninterruptibly();
        try {
            slice.run();
        } finally {
            processors.release();
        }
    }
}
