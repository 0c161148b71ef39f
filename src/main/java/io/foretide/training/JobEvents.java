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
import tools.jackson.databind.json.JsonMapper;

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
    private final JsonMapper json;
    private final int mostListeners;
    private final Duration heartbeat;
    private final AtomicInteger admitted = new AtomicInteger();
    private volatile CountDownLatch ending = new CountDownLatch(0);

    JobEvents(JobTable jobs, TrainingProperties properties, TrainingMetrics metrics, JsonMapper json) {
        this.jobs = jobs;
        this.json = json;
        this.mostListeners = properties.maxListeners();
        this.heartbeat = properties.listenerHeartbeat();
        metrics.showListeners(admitted);
    }

    /** Opens the stream of a client that was admitted. */
    interface Opening {
        EventStream open() throws IOException;
    }

    /**
     * Follows a job to its end.
     *
     * @param seen the last moment that the client knows of; without one it is told how the job stands first
     */
    void follow(Job job, @Nullable Moment seen, Opening opening) throws IOException {
        admit();
        Follower follower;
        try {
            follower = new Follower(job.id(), opening.open(), seen);
        } catch (IOException | RuntimeException e) {
            admitted.decrementAndGet();
            throw e;
        }
        Thread.ofVirtual().name("job-events").start(() -> {
            try {
                follower.run();
            } finally {
                admitted.decrementAndGet();
            }
        });
    }

    private void admit() {
        if (admitted.incrementAndGet() > mostListeners) {
            admitted.decrementAndGet();
            throw new ProblemException(
                            ProblemType.TOO_MANY_LISTENERS,
                            "%d clients follow jobs already, which is the limit. Ask for the job now and then instead."
                                    .formatted(mostListeners))
                    .with("limit", mostListeners)
                    .retryAfter(RETRY_AFTER);
        }
    }

    /** One client that follows one job. */
    private final class Follower {
        private final String jobId;
        private final EventStream stream;
        private @Nullable Moment seen;
        private Duration silent = Duration.ZERO;

        private Follower(String jobId, EventStream stream, @Nullable Moment seen) {
            this.jobId = jobId;
            this.stream = stream;
            this.seen = seen;
        }

        private void run() {
            CountDownLatch end = ending;
            try {
                stream.write("retry:" + RECONNECT_AFTER.toMillis() + "\n\n");
                // Looks once also where the process is about to end: the client goes on elsewhere from there.
                while (look() && !end.await(LOOK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    silent = silent.plus(LOOK_INTERVAL);
                }
            } catch (IOException e) {
                log.debug("listener of a training gone id={}", jobId, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.error("events of a training broke off id={}", jobId, e);
            } finally {
                stream.end();
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
            } while (epochs.size() == MOST_EPOCHS);
        }

        private void send(Job job, Moment moment) throws IOException {
            String name = moment.isLast() ? moment.stage() : "progress";
            String data = json.writeValueAsString(JobDocument.of(job));
            stream.write("event:" + name + "\nid:" + moment + "\ndata:" + data + "\n\n");
            seen = moment;
            silent = Duration.ZERO;
        }

        private boolean keepAlive() throws IOException {
            if (silent.compareTo(heartbeat) >= 0) {
                stream.write(":nothing new\n\n");
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
