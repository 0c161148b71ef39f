package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends the progress of jobs to those who follow them, wherever the jobs run: it looks into the database. */
@Component
final class JobEvents implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobEvents.class);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** After so many looks without news a comment is sent, which shows whether the client is still there. */
    private static final int MOST_SILENT_LOOKS = 30;

    private final JobTable jobs;
    private final int mostListeners;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicInteger admitted = new AtomicInteger();
    private @Nullable ScheduledExecutorService clockwork;

    JobEvents(JobTable jobs, TrainingProperties properties) {
        this.jobs = jobs;
        this.mostListeners = properties.maxListeners();
    }

    private static final class Listener {
        private final String jobId;
        private final SseEmitter emitter = new SseEmitter(0L);
        private @Nullable Job sent;
        private int silentLooks;

        private Listener(String jobId) {
            this.jobId = jobId;
        }

        /** Whether there is more to come. */
        private boolean tell(Job job) throws IOException {
            if (job.state().isFinished()) {
                send(job.state().wireName(), job);
                emitter.complete();
                return false;
            }
            if (!job.equals(sent)) {
                send("progress", job);
            } else if (++silentLooks >= MOST_SILENT_LOOKS) {
                emitter.send(SseEmitter.event().comment("nothing new"));
                silentLooks = 0;
            }
            return true;
        }

        private void send(String name, Job job) throws IOException {
            emitter.send(SseEmitter.event().name(name).data(JobDocument.of(job)));
            sent = job;
            silentLooks = 0;
        }
    }

    /** Follows a job to its end. */
    SseEmitter follow(Job job) {
        if (admitted.incrementAndGet() > mostListeners) {
            admitted.decrementAndGet();
            throw new ProblemException(
                            ProblemType.TOO_MANY_LISTENERS,
                            "%d clients follow jobs already, which is the limit. Ask for the job now and then instead."
                                    .formatted(mostListeners))
                    .with("limit", mostListeners)
                    .retryAfter(RETRY_AFTER);
        }
        var listener = new Listener(job.id());
        listener.emitter.onCompletion(() -> drop(listener));
        listener.emitter.onTimeout(() -> drop(listener));
        listener.emitter.onError(_ -> drop(listener));
        listeners.add(listener);
        return listener.emitter;
    }

    private void drop(Listener listener) {
        if (listeners.remove(listener)) {
            admitted.decrementAndGet();
        }
    }

    private void lookAll() {
        listeners.forEach(this::look);
    }

    private void look(Listener listener) {
        try {
            Optional<Job> job = jobs.find(listener.jobId);
            if (job.isEmpty()) {
                listener.emitter.complete();
            }
            if (job.isEmpty() || !listener.tell(job.get())) {
                drop(listener);
            }
        } catch (IOException | RuntimeException e) {
            log.debug("listener of a training gone id={}", listener.jobId, e);
            listener.emitter.completeWithError(e);
            drop(listener);
        }
    }

    @Override
    public synchronized void start() {
        if (clockwork != null) {
            return;
        }
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("training-events").daemon().factory());
        var _ = started.scheduleWithFixedDelay(this::lookAll, 0, LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        clockwork = started;
    }

    @Override
    public synchronized void stop() {
        if (clockwork != null) {
            clockwork.shutdown();
            clockwork = null;
        }
        listeners.forEach(listener -> {
            listener.emitter.complete();
            drop(listener);
        });
    }

    @Override
    public synchronized boolean isRunning() {
        return clockwork != null;
    }

    /** Before the web server, which would wait for the listeners. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
