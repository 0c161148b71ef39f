package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.series.Forecast;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Room for texts that wait to be read, of all sessions together: they come faster than they are read. */
final class TextRoom {
    private final long most;
    private final AtomicLong waiting = new AtomicLong();

    /** @param most bytes */
    TextRoom(long most) {
        this.most = most;
    }

    /** Takes room for a text, which is given back with its answer; fails where there is none. */
    Task.Answers take(String text, Task.Answers answers) {
        long bytes = (long) Character.BYTES * text.length();
        if (waiting.addAndGet(bytes) > most) {
            waiting.addAndGet(-bytes);
            throw SessionProblems.tooMuchText(most);
        }
        return new Taken(bytes, answers);
    }

    private final class Taken implements Task.Answers {
        private final long bytes;
        private final Task.Answers answers;
        private final AtomicBoolean given = new AtomicBoolean();

        Taken(long bytes, Task.Answers answers) {
            this.bytes = bytes;
            this.answers = answers;
        }

        private void giveBack() {
            if (given.compareAndSet(false, true)) {
                waiting.addAndGet(-bytes);
            }
        }

        @Override
        public void forecast(Session session, Task.Answer answer, Forecast forecast, @Nullable Scored scored) {
            giveBack();
            answers.forecast(session, answer, forecast, scored);
        }

        @Override
        public void classified(Session session, Task.Answer answer, Labelled labelled) {
            giveBack();
            answers.classified(session, answer, labelled);
        }

        @Override
        public void acknowledged(Session session, Task.Answer answer) {
            giveBack();
            answers.acknowledged(session, answer);
        }

        @Override
        public void failed(long seq, ProblemException problem) {
            giveBack();
            answers.failed(seq, problem);
        }

        @Override
        public void warned(WarningCode code, String detail) {
            answers.warned(code, detail);
        }
    }
}
