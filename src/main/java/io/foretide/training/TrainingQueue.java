package io.foretide.training;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.foretide.training.TrainingWorker.Outcome;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.stereotype.Component;

/**
 * Brings jobs to workers, in this process or another over the same database.
 *
 * <p>A job is added in the transaction that accepts it. While it runs, heartbeats say so; where they stop, another worker
 * takes the job up. Stops before requests are drained, so that a job in progress is handed back and not cut off.
 */
@Component
final class TrainingQueue implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TrainingQueue.class);
    private static final String TASK = "training";

    /** The fewest that db-scheduler allows; a worker that is merely slow must miss as many. */
    private static final int MISSED_HEARTBEATS = 4;

    private final TrainingWorker worker;
    private final TrainingProperties properties;
    private final DatabaseClock clock;
    private final DataSource database;
    private final CustomTask<Void> task;
    private final SchedulerClient client;
    private volatile @Nullable Scheduler scheduler;

    TrainingQueue(TrainingWorker worker, TrainingProperties properties, DataSource database) {
        this.worker = worker;
        this.properties = properties;
        this.clock = new DatabaseClock(JdbcClient.create(database));
        this.database = new TransactionAwareDataSourceProxy(database);
        this.task = Tasks.custom(TASK, Void.class)
                .onFailure((failed, operations) ->
                        operations.reschedule(failed, clock.now().plus(properties.heartbeat())))
                .onDeadExecution(this::takeUp)
                .execute(this::run);
        this.client = SchedulerClient.Builder.create(this.database, task)
                .serializer(NoTaskData.INSTANCE)
                .jdbcCustomization(SkipLocked.INSTANCE)
                .build();
    }

    /** Adds a job, in the caller's transaction. */
    void add(String jobId) {
        client.scheduleIfNotExists(task.instance(jobId), clock.now());
    }

    /** Takes a job out that nobody has begun, in the caller's transaction. */
    void remove(String jobId) {
        try {
            client.cancel(TaskInstanceId.of(TASK, jobId));
        } catch (TaskInstanceException e) {
            // Somebody has begun it after all, and finds that there is nothing left to do.
            log.debug("training was begun before it could be taken out id={}", jobId, e);
        }
    }

    /** Has a free worker of this process look for jobs at once. */
    void wake() {
        Scheduler running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    private void takeUp(ExecutionComplete dead, ExecutionOperations<Void> operations) {
        try {
            operations.reschedule(dead, clock.now());
        } catch (ExecutionException e) {
            log.info(
                    "training was taken up by another process id={}",
                    dead.getExecution().taskInstance.getId());
        }
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance, ExecutionContext context) {
        Outcome outcome =
                worker.run(instance.getId(), () -> context.getSchedulerState().isShuttingDown());
        return (complete, operations) -> {
            try {
                switch (outcome) {
                    case NOTHING -> operations.remove();
                    case RUN_AGAIN -> operations.reschedule(complete, clock.now());
                }
            } catch (ExecutionException e) {
                log.info("training belongs to another worker by now id={}", instance.getId());
            }
        };
    }

    @Override
    public synchronized void start() {
        if (scheduler != null) {
            return;
        }
        Scheduler started = Scheduler.create(database, task)
                .schedulerName(new SchedulerName.Fixed("foretide-" + UUID.randomUUID()))
                .serializer(NoTaskData.INSTANCE)
                .jdbcCustomization(SkipLocked.INSTANCE)
                .clock(clock)
                .threads(properties.workers())
                .pollUsingLockAndFetch(0.5, 1)
                .pollingInterval(properties.pollInterval())
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(properties.shutdownWait())
                .build();
        started.start();
        scheduler = started;
    }

    @Override
    public synchronized void stop() {
        Scheduler running = scheduler;
        scheduler = null;
        if (running != null) {
            // A stop interrupts threads that wait; one that just began to look for jobs would break H2's file by that.
            running.pause();
            running.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    /** First of all: another process may go on with the job while this one ends. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
