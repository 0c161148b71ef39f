package io.foretide.streaming;

import io.foretide.network.UnreadableStateException;
import io.foretide.problem.ProblemException;
import java.util.concurrent.Executor;

/**
 * Does the tasks of all sessions of one version that classifies, on as many threads as there are. Where a step costs about the
 * same each time, whoever has a task does it; what may take long, as texts do, is left to threads that may be slow.
 */
final class ClassifierStepper extends OneByOne {
    /** Then another thread goes on, and the one that stepped goes back to its own connection. */
    private static final int MOST_TURNS = 64;

    private final ServedClassifier version;
    private final SessionMetrics.OfWalks meters;
    private final boolean quick;

    ClassifierStepper(ServedClassifier version, Stepper.Services services) {
        super(services);
        this.version = version;
        this.meters = services.metrics().ofWalks(version);
        this.quick = version.classifier().streamsInConstantTime()
                && !version.classifier().settings().readsText();
    }

    @Override
    public ServedClassifier version() {
        return version;
    }

    @Override
    public void forget() {
        meters.forget();
    }

    @Override
    public void step() {
        if (!isAnyReady()) {
            return;
        }
        if (quick) {
            turns(MOST_TURNS, services.others());
        } else {
            services.slow().execute(() -> turns(1, services.slow()));
        }
    }

    private void turns(int most, Executor next) {
        for (int turn = 0; turn < most; turn++) {
            Session session = takeReady();
            if (session == null) {
                return;
            }
            begin(session);
        }
        if (isAnyReady()) {
            next.execute(() -> turns(most, next));
        }
    }

    @Override
    void begin(Session session, Task task) throws UnreadableStateException {
        switch (task) {
            case Task.Observe observe -> {
                Observation observation = observe.observation();
                if (Intake.isRepeat(session, observation.seq())) {
                    passOver(session, observation.seq(), observe.answers());
                } else {
                    requireNothingBeside(observation);
                    walk(
                            session,
                            new Step.Channels(observation.seq(), observation.values()),
                            observe.answers(),
                            observe.since());
                }
            }
            case Task.Read read -> {
                ClientMessage.Text message = read.message();
                if (Intake.isRepeat(session, message.seq())) {
                    passOver(session, message.seq(), read.answers());
                } else {
                    walk(session, new Step.Text(message.seq(), message.text()), read.answers(), read.since());
                }
            }
            case Task.Classify classify -> answer(session, classify);
            case Task.Ask _, Task.Generate _, Task.Change _ -> throw SessionProblems.otherTask(version, task);
        }
    }

    private void requireNothingBeside(Observation observation) {
        if (observation.time() != null) {
            throw notRead("/time");
        }
        if (!observation.past().isEmpty()) {
            throw notRead("/past");
        }
        if (!observation.future().isEmpty()) {
            throw notRead("/future");
        }
    }

    private ProblemException notRead(String pointer) {
        return SessionProblems.invalid(
                pointer, "is not read by %s, which classifies sequences".formatted(version.title()));
    }

    private void walk(Session session, Step step, Task.Answers answers, long since) throws UnreadableStateException {
        long start = System.nanoTime();
        meters.waited(start - since);
        ClassifierWalk walk = version.from(session.settings(), standing(session));
        long before = walk.steps();
        walk.take(step);
        Labelled labelled = session.settings().emit() == Emit.EACH ? labelled(walk) : null;
        byte[] after = walk.pack();
        session.advance(services.journal(), step, false, false, _ -> after);
        meters.walked(walk.steps() - before, start);
        finish(session, step.seq(), () -> {
            Task.Answer answer = answer(session, step.seq());
            if (labelled == null) {
                answers.acknowledged(session, answer);
            } else {
                answers.classified(session, answer, labelled);
            }
        });
    }

    private Labelled labelled(ClassifierWalk walk) {
        return new Labelled(version.classifier().labels(), walk.classification());
    }

    private void answer(Session session, Task.Classify task) throws UnreadableStateException {
        Labelled labelled = labelled(version.from(session.settings(), standing(session)));
        ClientMessage.AskClassification asked = task.message();
        finish(
                session,
                () -> task.from()
                        .send(new ServerMessage.ClassificationAnswered(
                                asked.eventId(), session.name(), session.seq(), session.tell(), labelled)));
    }
}
