package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.series.Forecast;
import io.foretide.streaming.ServerMessage.PointAck;
import io.foretide.streaming.ServerMessage.PointAnswer;
import io.foretide.streaming.ServerMessage.PointClassification;
import io.foretide.streaming.ServerMessage.PointError;
import io.foretide.streaming.ServerMessage.PointForecast;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Gathers what becomes of the observations of one frame, and answers when the last of them is done. */
final class ManyAnswers {
    private final @Nullable String eventId;
    private final Points points;
    private final Recipient to;
    private final AtomicReferenceArray<PointAnswer> answers;
    private final AtomicInteger left;

    ManyAnswers(@Nullable String eventId, Points points, Recipient to) {
        this.eventId = eventId;
        this.points = points;
        this.to = to;
        this.answers = new AtomicReferenceArray<>(points.count());
        this.left = new AtomicInteger(points.count());
    }

    /** Takes the answer to one of them. */
    Task.Answers of(int point) {
        return new One(point);
    }

    private void put(int point, PointAnswer answer) {
        answers.setPlain(point, answer);
        if (left.decrementAndGet() == 0) {
            var all = new PointAnswer[answers.length()];
            Arrays.setAll(all, answers::getPlain);
            to.send(new ServerMessage.ForecastMany(eventId, Arrays.asList(all)));
        }
    }

    private final class One implements Task.Answers {
        private final int point;

        One(int point) {
            this.point = point;
        }

        private String session() {
            return points.sessions()[point];
        }

        @Override
        public void forecast(Session of, Task.Answer answer, Forecast forecast, @Nullable Scored scored) {
            put(point, new PointForecast(session(), answer.seq(), answer.durableSeq(), forecast, scored));
        }

        @Override
        public void classified(Session of, Task.Answer answer, Labelled labelled) {
            put(point, new PointClassification(session(), answer.seq(), answer.durableSeq(), labelled));
        }

        @Override
        public void acknowledged(Session of, Task.Answer answer) {
            put(point, new PointAck(session(), answer.seq(), answer.durableSeq()));
        }

        @Override
        public void failed(long seq, ProblemException problem) {
            put(point, new PointError(session(), seq, problem));
        }

        @Override
        public void warned(WarningCode code, String detail) {
            to.send(new ServerMessage.Warning(eventId, session(), code, detail));
        }
    }
}
