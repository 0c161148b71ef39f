package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.series.Forecast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that waits for its turn in a session. */
sealed interface Task {
    /** The session that it is meant for, as the client named it. */
    @Nullable
    String session();

    /**
     * The connection that the session belonged to when it asked, and is to belong to still when it is done; absent where that
     * does not matter.
     */
    @Nullable
    Client by();

    /** It will not be done. */
    void fail(ProblemException problem);

    /** An observation, to be walked with those of other sessions. */
    record Observe(
            Observation observation,
            Answers answers,
            long since,
            @Nullable Client by) implements Task {
        @Override
        public String session() {
            return observation.session();
        }

        @Override
        public void fail(ProblemException problem) {
            answers.failed(observation.seq(), problem);
        }
    }

    /** A piece of text, to be walked. */
    record Read(
            ClientMessage.Text message,
            Answers answers,
            long since,
            @Nullable Client by) implements Task {
        @Override
        public String session() {
            return message.session();
        }

        @Override
        public void fail(ProblemException problem) {
            answers.failed(message.seq(), problem);
        }
    }

    /** The label of what the session has walked. */
    record Classify(
            ClientMessage.AskClassification message,
            Recipient from,
            @Nullable Client by) implements Task {
        @Override
        public String session() {
            return message.session();
        }

        @Override
        public void fail(ProblemException problem) {
            from.send(new ServerMessage.Failed(message.eventId(), message.session(), problem));
        }
    }

    /** A continuation, to be written. Whoever asked hears of it until it is over. */
    final class Generate implements Task {
        private static final int DEFAULT_TOKENS = 200;

        private final ClientMessage.Generate message;
        private final Recipient from;
        private final @Nullable Client by;
        private final Generations asked;
        private final long since = System.nanoTime();

        private enum Ending {
            NONE,
            CANCELLED,
            ABANDONED
        }

        private volatile Ending ending = Ending.NONE;

        /** @param asked has it until it is over */
        Generate(ClientMessage.Generate message, Recipient from, @Nullable Client by, Generations asked) {
            this.message = message;
            this.from = from;
            this.by = by;
            this.asked = asked;
        }

        ClientMessage.Generate message() {
            return message;
        }

        Recipient from() {
            return from;
        }

        long since() {
            return since;
        }

        int maxTokens() {
            Integer most = message.maxTokens();
            return most == null ? DEFAULT_TOKENS : most;
        }

        List<String> stop() {
            List<String> stop = message.stop();
            return stop == null ? List.of() : stop;
        }

        /** Ends it with what there is. */
        void cancel() {
            if (ending == Ending.NONE) {
                ending = Ending.CANCELLED;
            }
        }

        /** Ends it without a trace, as nobody listens any more. */
        void abandon() {
            ending = Ending.ABANDONED;
        }

        boolean isEnded() {
            return ending != Ending.NONE;
        }

        boolean isAbandoned() {
            return ending == Ending.ABANDONED;
        }

        /** Says the last of it. */
        void tell(ServerMessage last) {
            over();
            from.send(last);
        }

        void over() {
            asked.over(this);
        }

        @Override
        public String session() {
            return message.session();
        }

        @Override
        public @Nullable Client by() {
            return by;
        }

        @Override
        public void fail(ProblemException problem) {
            tell(new ServerMessage.Failed(message.eventId(), message.session(), problem));
        }
    }

    /** A forecast from where the session stands. */
    record Ask(
            ClientMessage.AskForecast message,
            Recipient from,
            @Nullable Client by) implements Task {
        @Override
        public String session() {
            return message.session();
        }

        @Override
        public void fail(ProblemException problem) {
            from.send(new ServerMessage.Failed(message.eventId(), message.session(), problem));
        }
    }

    /** What changes more than the state: the session does nothing else until it {@link Session#done} is told. */
    record Change(
            @Nullable String session,
            Work work,
            Failing failing,
            @Nullable Client by) implements Task {
        /** One that does not ask whose the session is. */
        Change(@Nullable String session, Work work, Failing failing) {
            this(session, work, failing, null);
        }

        @Override
        public void fail(ProblemException problem) {
            failing.failed(problem);
        }
    }

    /** Begins the work; must not wait. */
    interface Work {
        void begin(Session session);
    }

    /** Hears why a change is not made. */
    interface Failing {
        void failed(ProblemException problem);
    }

    /** Takes what becomes of an observation: exactly one of these, once. */
    interface Answers {
        /** @param scored absent where nothing had been forecast for it */
        void forecast(Session session, Answer answer, Forecast forecast, @Nullable Scored scored);

        void classified(Session session, Answer answer, Labelled labelled);

        void acknowledged(Session session, Answer answer);

        void failed(long seq, ProblemException problem);

        void warned(WarningCode code, String detail);
    }

    /**
     * How far a session is.
     *
     * @param times when the steps of a forecast are
     */
    record Answer(long seq, long durableSeq, ServerMessage.Times times) {}
}
