package io.foretide.streaming;

import io.foretide.problem.Problems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has sessions walk on, and tell where they stand: what is asked of their states, and of nothing else. */
final class Walking {
    private static final int BYTES_OF_NUMBER = 20;

    private final Tokens tokens;
    private final Steppers steppers;
    private final Openings openings;
    private final Problems problems;
    private final SessionProperties properties;
    private final Generations generations;
    private final TextRoom room;

    Walking(Tokens tokens, Steppers steppers, Openings openings, Problems problems, SessionProperties properties) {
        this.tokens = tokens;
        this.steppers = steppers;
        this.openings = openings;
        this.problems = problems;
        this.properties = properties;
        this.generations = new Generations(properties.maxGenerations());
        this.room = new TextRoom(properties.maxWaitingText().toBytes());
    }

    void observe(ClientMessage.Observe message, Recipient from, @Nullable Client by) {
        offer(
                message.session(),
                new Task.Observe(
                        message.observation(),
                        new SingleAnswer(message.eventId(), message.session(), from),
                        System.nanoTime(),
                        by),
                from);
    }

    void read(ClientMessage.Text message, Recipient from, @Nullable Client by) {
        if (message.text().length() > properties.maxText()) {
            throw SessionProblems.textTooLong(message.text().length(), properties.maxText());
        }
        Session session = tokens.find(message.session(), from, by);
        var answer = new SingleAnswer(message.eventId(), message.session(), from);
        offer(session, new Task.Read(message, room.take(message.text(), answer), System.nanoTime(), by));
    }

    void forecast(ClientMessage.AskForecast message, Recipient from, @Nullable Client by) {
        openings.requireForecast(message.horizon(), message.quantiles());
        offer(message.session(), new Task.Ask(message, from, by), from);
    }

    void classify(ClientMessage.AskClassification message, Recipient from, @Nullable Client by) {
        offer(message.session(), new Task.Classify(message, from, by), from);
    }

    void generate(ClientMessage.Generate message, Recipient from, @Nullable Client by) {
        var task = new Task.Generate(message, from, by, generations);
        if (task.maxTokens() > properties.maxTokens()) {
            throw SessionProblems.tooManyTokens(task.maxTokens(), properties.maxTokens());
        }
        Session session = tokens.find(message.session(), from, by);
        generations.add(task);
        offer(session, task);
    }

    /** The continuation answers it; where none is under way any more, nothing does. */
    void cancel(ClientMessage.Cancel message, Recipient from) {
        generations.cancel(from, message.eventId());
    }

    /** Nobody listens there any more. */
    void gone(Recipient from) {
        generations.gone(from);
    }

    private void offer(String name, Task task, Recipient from) {
        offer(tokens.find(name, from, task.by()), task);
    }

    private static void offer(Session session, Task task) {
        session.offer(task);
        session.step();
    }

    void observeMany(ClientMessage.ObserveMany message, Recipient from, @Nullable Client by) {
        Points points = message.points();
        var answer = new ManyAnswers(message.eventId(), points, from);
        long now = System.nanoTime(), numbers = 0;
        for (int i = 0; i < points.count(); i++) {
            Task.Answers one = answer.of(i);
            try {
                Session session = tokens.find(points.sessions()[i], from, by);
                numbers += session.numbers();
                if (numbers > mostNumbers()) {
                    throw SessionProblems.answerTooLarge(mostNumbers());
                }
                var observation = Observation.of(points.sessions()[i], points.seqs()[i], points.values()[i]);
                session.offer(new Task.Observe(observation, one, now, by));
            } catch (RuntimeException failure) {
                one.failed(points.seqs()[i], problems.explain(failure, "observe.many"));
            }
        }
        if (points.count() == 0) {
            from.send(new ServerMessage.ForecastMany(message.eventId(), List.of()));
        }
        steppers.step();
    }

    /** Of the answer to one message: larger ones could not be sent. */
    private long mostNumbers() {
        return properties.maxOutboxSize().toBytes() / BYTES_OF_NUMBER;
    }
}
