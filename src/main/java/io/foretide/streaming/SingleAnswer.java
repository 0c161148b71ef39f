package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.series.Forecast;
import org.jspecify.annotations.Nullable;

/** The answer to one observation. */
record SingleAnswer(@Nullable String eventId, String session, Recipient to) implements Task.Answers {
    @Override
    public void forecast(Session of, Task.Answer answer, Forecast forecast, @Nullable Scored scored) {
        to.send(new ServerMessage.Forecasted(
                eventId, session, answer.seq(), answer.durableSeq(), answer.times(), forecast, scored));
    }

    @Override
    public void classified(Session of, Task.Answer answer, Labelled labelled) {
        to.send(new ServerMessage.Classified(eventId, session, answer.seq(), answer.durableSeq(), labelled));
    }

    @Override
    public void acknowledged(Session of, Task.Answer answer) {
        to.send(new ServerMessage.Acked(eventId, session, answer.seq(), answer.durableSeq()));
    }

    @Override
    public void failed(long seq, ProblemException problem) {
        to.send(new ServerMessage.Failed(eventId, session, problem));
    }

    @Override
    public void warned(WarningCode code, String detail) {
        to.send(new ServerMessage.Warning(eventId, session, code, detail));
    }
}
