package io.foretide.streaming;

import io.foretide.generation.Turns;
import io.foretide.network.BatchWalk;
import io.foretide.network.Score;
import io.foretide.network.Surroundings;
import io.foretide.network.UnreadableStateException;
import io.foretide.problem.Problems;
import io.foretide.series.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does the tasks of all sessions of one version that forecasts, a batch at a time: one observation of each of some sessions, which read the
 * weights together. Sessions take turns, whoever's they are.
 *
 * <p>There is no thread for it. Whoever has a task for a session puts that in the queue, and steps what waits unless somebody is
 * about it already: so nobody waits for a thread when there is little to do, and batches grow when there is much.
 */
final class Stepper implements Stepping {
    /** Then another thread goes on, and the one that stepped goes back to its own connection. */
    private static final int MOST_ROUNDS = 64;

    /** Tasks of a round that are no steps. */
    private static final int MOST_ANSWERS = 64;

    private final ServedForecaster version;
    private final Intake.Reader intake;
    private final Services services;
    private final Queue<Session> ready = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stepping = new AtomicBoolean();
    private final AtomicInteger sessions = new AtomicInteger();

    private final SessionMetrics.OfVersion meters;

    // Only for whoever steps.
    private final BatchWalk walk;
    private final Row[] rows = new Row[BatchWalk.MOST_ROWS];

    /**
     * @param others goes on where a thread has stepped for long enough
     * @param slow does what takes long
     * @param turns who may read or write a text when
     */
    record Services(
            Journal journal,
            Problems problems,
            SessionMetrics metrics,
            Limits limits,
            Migration migration,
            Executor others,
            Executor slow,
            Turns turns) {}

    /**
     * @param maxJump the most steps that one observation may skip
     * @param durableFirst whether an answer waits until what it answers is durable
     */
    record Limits(int maxJump, boolean durableFirst) {}

    /** Takes a session to another version, where it is to follow its alias. */
    interface Migration {
        boolean isDue(Session session);

        /** As {@link Task.Work}. */
        void begin(Session session);
    }

    /** A session of a batch, and what it observes. */
    private static final class Row {
        private final int index;
        private @Nullable Session session;
        private Task.@Nullable Observe task;
        private Step.@Nullable Value step;
        private @Nullable Score score;
        private @Nullable Surroundings surroundings;

        private Row(int index) {
            this.index = index;
        }

        void clear() {
            session = null;
            task = null;
            step = null;
            score = null;
            surroundings = null;
        }
    }

    Stepper(ServedForecaster version, Services services) {
        this.version = version;
        this.intake = new Intake.Reader(version, services.limits().maxJump());
        this.services = services;
        this.meters = services.metrics().of(version);
        this.walk = new BatchWalk(version.predictor());
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row(i);
        }
    }

    @Override
    public ServedForecaster version() {
        return version;
    }

    @Override
    public void joined() {
        sessions.incrementAndGet();
    }

    @Override
    public void left() {
        sessions.decrementAndGet();
    }

    @Override
    public boolean isUsed() {
        return sessions.get() > 0 || !ready.isEmpty();
    }

    @Override
    public void forget() {
        meters.forget();
    }

    @Override
    public void ready(Session session) {
        ready.add(session);
    }

    /**
     * Steps what waits, unless somebody does so already. Answers are given when the next one may step.
     */
    @Override
    public void step() {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (ready.isEmpty() || !stepping.compareAndSet(false, true)) {
                return;
            }
            List<Runnable> answers;
            try {
                answers = round();
            } finally {
                stepping.set(false);
            }
            answers.forEach(Runnable::run);
        }
        services.others().execute(this::step);
    }

    /** One task of each of some sessions; what is left to do after it, by whoever stepped. */
    private List<Runnable> round() {
        List<Runnable> answers = new ArrayList<>(rows.length);
        int count = 0;
        Session session = ready.poll();
        while (session != null) {
            if (begin(session, rows[count], answers)) {
                count++;
            }
            session = count < rows.length && answers.size() < MOST_ANSWERS ? ready.poll() : null;
        }
        if (count > 0) {
            long start = System.nanoTime();
            meters.waited(start - longestSince(count));
            walk.step(count);
            for (int row = 0; row < count; row++) {
                answers.add(finish(row));
            }
            meters.stepped(count, start);
        }
        return answers;
    }

    /** When the task of a batch came that waited longest. */
    private long longestSince(int count) {
        long since = Long.MAX_VALUE;
        for (int row = 0; row < count; row++) {
            Task.Observe task = rows[row].task;
            since = task == null ? since : Math.min(since, task.since());
        }
        return since;
    }

    /** Does the next task of a session, but for an observation: that is loaded into the row. */
    private boolean begin(Session session, Row row, List<Runnable> answers) {
        Task task = session.next();
        if (task == null) {
            return false;
        }
        try {
            switch (task) {
                case Task.Observe observe -> {
                    if (services.migration().isDue(session)) {
                        session.offerFirst(observe);
                        var migration = new Task.Change(session.name(), services.migration()::begin, _ -> {});
                        answers.add(() -> begin(session, migration));
                        return false;
                    }
                    Runnable refusal = observe(session, observe, row);
                    if (refusal == null) {
                        return true;
                    }
                    answers.add(then(session, refusal));
                }
                case Task.Read _, Task.Classify _, Task.Generate _ -> throw SessionProblems.otherTask(version, task);
                case Task.Ask ask -> answers.add(then(session, answer(session, ask, row.index)));
                // Whoever makes the change says when it is done.
                case Task.Change change -> answers.add(() -> begin(session, change));
            }
        } catch (RuntimeException | UnreadableStateException failure) {
            answers.add(then(session, () -> task.fail(services.problems().explain(failure, "session step"))));
        }
        return false;
    }

    private void begin(Session session, Task.Change change) {
        try {
            change.work().begin(session);
        } catch (RuntimeException failure) {
            change.fail(services.problems().explain(failure, "session change"));
            session.done();
        }
    }

    /** Answers, and then lets the session go on: so its answers keep their order. */
    private static Runnable then(Session session, Runnable answer) {
        return () -> {
            try {
                answer.run();
            } finally {
                session.done();
            }
        };
    }

    /** Loads an observation into a row; gives the answer where there is nothing to step. */
    private @Nullable Runnable observe(Session session, Task.Observe task, Row row) throws UnreadableStateException {
        int index = row.index;
        Observation observation = task.observation();
        walk.load(index, session.state());
        long steps = walk.steps(index);
        switch (intake.of(session, observation, steps)) {
            case Intake.Next(Step.Value step) -> {
                skip(session, task, step, index);
                long here = walk.steps(index);
                row.session = session;
                row.task = task;
                row.step = step;
                row.score = walk.score(index, step.value());
                row.surroundings =
                        Around.observation(version, session.settings(), here, step.covariates(), observation.future());
                walk.observe(index, step.value(), row.surroundings);
                return null;
            }
            case Intake.Repeat _ -> {
                return passedOver(session, task, WarningCode.DUPLICATE, Intake.duplicate(session, observation.seq()));
            }
            case Intake.Late(String time, String expected) -> {
                return passedOver(
                        session,
                        task,
                        WarningCode.OUT_OF_ORDER,
                        "The observation of %s is not later than the last one; it was not applied, nor counted. The next step is at %s."
                                .formatted(time, expected));
            }
        }
    }

    private static Runnable passedOver(Session session, Task.Observe task, WarningCode code, String detail) {
        return () -> {
            task.answers().warned(code, detail);
            task.answers()
                    .acknowledged(session, new Task.Answer(session.seq(), session.tell(), ServerMessage.Times.UNKNOWN));
        };
    }

    /** Walks the steps that an observation leaves out, alone. */
    private void skip(Session session, Task.Observe task, Step.Value step, int index) throws UnreadableStateException {
        if (step.skipped() > 0) {
            Base from = new Base(session.seq(), session.state(), 0, 0);
            walk.load(
                    index,
                    version.from(session.settings(), from).skip(step.skipped()).pack());
            task.answers()
                    .warned(
                            WarningCode.GAP,
                            "%d steps before observation %d were walked as missing."
                                    .formatted(step.skipped(), step.seq()));
        }
    }

    /** Keeps what a row has become, and gives the answer. */
    private Runnable finish(int index) {
        Row row = rows[index];
        Session session = row.session;
        Task.Observe task = row.task;
        Step.Value step = row.step;
        if (session == null || task == null || step == null || row.surroundings == null) {
            throw new IllegalStateException("row " + index + " has nothing to finish");
        }
        try {
            return then(session, keep(index, row, session, task, step, row.surroundings));
        } catch (RuntimeException failure) {
            return then(session, () -> task.fail(services.problems().explain(failure, "observe")));
        } finally {
            row.clear();
        }
    }

    private Runnable keep(
            int index, Row row, Session session, Task.Observe task, Step.Value step, Surroundings surroundings) {
        SessionSettings settings = session.settings();
        Forecast forecast = settings.emit() == Emit.EACH
                ? walk.forecast(index, settings.horizon(), settings.quantiles(), surroundings)
                : null;
        Score score = row.score;
        session.advance(
                services.journal(),
                step,
                score != null,
                score != null && score.inside(),
                room -> walk.store(index, room));
        Scored scored = score == null ? null : scored(session, step, score);
        if (score != null) {
            meters.scored(step.value(), score);
        }
        var times = new ServerMessage.Times(settings.frequency(), settings.timeline(), walk.steps(index));
        Runnable answer = () -> answer(session, task, step, times, forecast, scored);
        return services.limits().durableFirst() ? () -> session.hold(step.seq(), answer) : answer;
    }

    private static void answer(
            Session session,
            Task.Observe task,
            Step step,
            ServerMessage.Times times,
            @Nullable Forecast forecast,
            @Nullable Scored scored) {
        var answer = new Task.Answer(step.seq(), session.tell(), times);
        if (forecast == null) {
            task.answers().acknowledged(session, answer);
        } else {
            task.answers().forecast(session, answer, forecast, scored);
        }
    }

    private static Scored scored(Session session, Step.Value step, Score score) {
        double coverage = (double) session.inside() / session.scored();
        return new Scored(
                score.expected(), step.value() - score.expected(), score.percentile(), score.anomaly(), coverage);
    }

    private Runnable answer(Session session, Task.Ask ask, int index) throws UnreadableStateException {
        ClientMessage.AskForecast message = ask.message();
        SessionSettings settings = session.settings();
        if (!message.future().isEmpty()) {
            version.inputs().requireFuture(message.future().keySet(), "/future");
        }
        walk.load(index, session.state());
        long steps = walk.steps(index);
        int horizon = message.horizon() == null ? settings.horizon() : message.horizon();
        var levels = message.quantiles() == null ? settings.quantiles() : message.quantiles();
        Forecast forecast = walk.forecast(
                index,
                horizon,
                levels,
                Around.observation(version, settings, steps - 1, new double[0], message.future()));
        var times = new ServerMessage.Times(settings.frequency(), settings.timeline(), steps);
        return () -> ask.from()
                .send(new ServerMessage.ForecastAnswered(
                        message.eventId(), session.name(), session.seq(), session.tell(), times, forecast));
    }
}
