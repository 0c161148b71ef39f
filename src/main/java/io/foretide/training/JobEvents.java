package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends what happens to jobs to those who follow them, wherever the jobs run: it looks into the database.
 *
 * <p>Each follower has a thread of its own, a virtual one, so that a client that reads slowly holds up nobody else.
 */
@Component
final class JobEvents implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobEvents.class);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    /** Soon enough to miss little, late enough to find another process behind the same address. */
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    /** So many epochs are in memory at a time, whatever a client has missed. */
    private static final int MOST_EPOCHS = 500;

    private final JobTable jobs;
    private final int mostListeners;
    private final Duration heartbeat;
    private final AtomicInteger admitted = new AtomicInteger();
    private volatile CountDownLatch ending = new CountDownLatch(0);

    JobEvents(JobTable jobs, TrainingProperties properties, TrainingMetrics metrics) {
        this.jobs = jobs;
        this.mostListeners = properties.maxListeners();
        this.heartbeat = properties.listenerHeartbeat();
        metrics.showListeners(admitted);
    }

    /**
     * Follows a job to its end.
     *
     * @param seen the last moment that the client knows of; without one it is told how the job stands first
     */
    SseEmitter follow(Job job, @Nullable Moment seen) {
        if (admitted.incrementAndGet() > mostListeners) {
            admitted.decrementAndGet();
            throw new ProblemException(
                            ProblemType.TOO_MANY_LISTENERS,
                            "%d clients follow jobs already, which is the limit. Ask for the job now and then instead."
                                    .formatted(mostListeners))
                    .with("limit", mostListeners)
                    .retryAfter(RETRY_AFTER);
        }
        var follower = new Follower(job.id(), seen);
        follower.emitter.onCompletion(() -> follower.gone = true);
        follower.emitter.onError(_ -> follower.gone = true);
        Thread.ofVirtual().name("job-events").start(() -> {
            try {
                follower.run();
            } finally {
                admitted.decrementAndGet();
            }
        });
        return follower.emitter;
    }

    /** One client that follows one job. */
    private final class Follower {
        private final String jobId;
        private final SseEmitter emitter = new SseEmitter(0L);
        private @Nullable Moment seen;
        private Duration silent = Duration.ZERO;
        private volatile boolean gone;

        private Follower(String jobId, @Nullable Moment seen) {
            this.jobId = jobId;
            this.seen = seen;
        }

        private void run() {
            CountDownLatch end = ending;
            try {
                emitter.send(SseEmitter.event().reconnectTime(RECONNECT_AFTER.toMillis()));
                // Looks once also where the process is about to end: the client goes on elsewhere from there.
                while (look() && !gone && !end.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    silent = silent.plus(LOOK_INTERVAL);
                }
                emitter.complete();
            } catch (IOException | IllegalStateException e) {
                log.debug("listener of a training gone id={}", jobId, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                emitter.completeWithError(e);
            }
        }

        /** Tells what is new; whether there is more to come. */
        private boolean look() throws IOException {
            Optional<Job> job;
            try {
                job = jobs.find(jobId);
            } catch (DataAccessException e) {
                // A browser would take the refusal of its next request for final: it waits better here.
                log.debug("events of a training wait for the database id={}", jobId, e);
                return keepAlive();
            }
            return job.isPresent() && tell(job.get());
        }

        private boolean tell(Job job) throws IOException {
            Moment present = Moment.of(job);
            if (seen == null || seen.compareTo(present) < 0) {
                if (seen != null) {
                    tellEpochs(job, seen, present);
                }
                send(job, present);
            }
            return !present.isLast() && keepAlive();
        }

        private void tellEpochs(Job job, Moment from, Moment to) throws IOException {
            Moment after = from;
            List<DoneEpoch> epochs;
            do {
                epochs = jobs.epochsAfter(jobId, after, MOST_EPOCHS);
                for (DoneEpoch epoch : epochs) {
                    after = Moment.of(job, epoch);
                    // The last one is told with all that is known of the present.
                    if (after.compareTo(to) < 0) {
                        send(job.when(epoch), after);
                    }
                }
            } while (epochs.size() == MOST_EPOCHS && !gone);
        }

        private void send(Job job, Moment moment) throws IOException {
            emitter.send(SseEmitter.event()
                    .id(moment.toString())
                    .name(moment.isLast() ? moment.stage() : "progress")
                    .data(JobDocument.of(job)));
            seen = moment;
            silent = Duration.ZERO;
        }

        private boolean keepAlive() throws IOException {
            if (silent.compareTo(heartbeat) >= 0) {
                emitter.send(SseEmitter.event().comment("nothing new"));
                silent = Duration.ZERO;
            }
            return true;
        }
    }

    @Override
    public void start() {
        if (!isRunning()) {
            ending = new CountDownLatch(1);
        }
    }

    /** Ends what is being sent after a whole event, so that clients reconnect elsewhere and miss nothing. */
    @Override
    public void stop() {
        ending.countDown();
    }

    @Override
    public boolean isRunning() {
        return ending.getCount() > 0;
    }

    /** As long as requests are welcome, and before the web server, which would wait for those who follow. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 2;
    }
}
