package io.foretide.streaming;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Threads for what no connection's thread should do: to load sessions, to walk them again, to go on stepping. */
@Component
final class SessionWorkers implements Executor, AutoCloseable {
    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            Thread.ofPlatform().name("session-worker-", 0).daemon().factory());
    private final ExecutorService slow = slow(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("session-clock").daemon().factory());

    /** What goes on slice by slice just stops at the end: what is not complete never was. */
    private static ExecutorService slow(int count) {
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("session-slow-", 0).daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Threads for what may take long; a piece at a time, so that all who need them have their turn. */
    Executor slow() {
        return slow;
    }

    /** Does something again and again, one time after the other. */
    void every(long millis, Runnable work) {
        clock.scheduleWithFixedDelay(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        slow.shutdown();
        threads.shutdown();
    }
}
