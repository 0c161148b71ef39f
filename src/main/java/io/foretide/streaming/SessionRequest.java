package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP about a session, until it is answered.
 *
 * <p>The next one may come to another process. So an answer from memory waits until all that it tells is durable, and is known to
 * have been this process's to tell: one commit, which it shares with all that wait. Where another process had the session
 * meanwhile, all is asked again, as the session is by then; what is applied already is a repeat.
 */
final class SessionRequest {
    /** More in a row mean that processes take the session from each other. */
    private static final int MOST_ATTEMPTS = 8;

    private static final Set<ProblemType> OF_LOSS =
            EnumSet.of(ProblemType.SESSION_ELSEWHERE, ProblemType.UNKNOWN_SESSION);

    private final SessionService sessions;
    private final @Nullable String token;
    private final List<? extends ClientMessage> messages;
    private final long comfortable;
    private final CompletableFuture<Exchange> answered = new CompletableFuture<>();

    private @Nullable Exchange exchange;
    private boolean over;

    /**
     * @param token what was shown for the session; none where one is opened
     * @param messages what is asked, of which each has one answer
     * @param comfortable how much may be answered before newer forecasts take the place of older ones
     */
    SessionRequest(
            SessionService sessions, @Nullable String token, List<? extends ClientMessage> messages, long comfortable) {
        this.sessions = sessions;
        this.token = token;
        this.messages = messages;
        this.comfortable = comfortable;
    }

    /** Done when there is an answer to each message. */
    CompletableFuture<Exchange> answered() {
        return answered;
    }

    void ask() {
        ask(MOST_ATTEMPTS);
    }

    private void ask(int attempts) {
        var next = new Exchange(token, messages.size(), comfortable);
        if (!becomes(next)) {
            return;
        }
        try {
            messages.forEach(message -> sessions.handle(message, next));
        } catch (RuntimeException failure) {
            answered.completeExceptionally(failure);
            return;
        }
        confirmed(next).whenComplete((_, failure) -> {
            boolean lost = failure == null
                    ? next.first() instanceof ServerMessage.Failed failed && isLoss(failed.problem())
                    : isLoss(cause(failure));
            if (lost && attempts > 1 && isTheSameTwice()) {
                ask(attempts - 1);
            } else if (lost) {
                answered.completeExceptionally(SessionProblems.contended());
            } else if (failure == null) {
                answered.complete(next);
            } else {
                answered.completeExceptionally(cause(failure));
            }
        });
    }

    private CompletableFuture<Exchange> confirmed(Exchange exchange) {
        return switch (messages.getFirst()) {
            case ClientMessage.Observe _,
                    ClientMessage.Text _,
                    ClientMessage.AskForecast _,
                    ClientMessage.AskClassification _,
                    ClientMessage.Generate _ ->
                sessions.confirm(exchange).thenCompose(_ -> exchange.complete()).thenApply(Exchange::durable);
            default -> exchange.complete(); // in the store before it is answered
        };
    }

    /** A continuation that has a count is a repeat the second time; one without would be another one. */
    private boolean isTheSameTwice() {
        return messages.stream()
                .noneMatch(message -> message instanceof ClientMessage.Generate generate && generate.seq() == null);
    }

    private static boolean isLoss(Throwable failure) {
        return failure instanceof ProblemException problem && OF_LOSS.contains(problem.type());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private synchronized boolean becomes(Exchange next) {
        forget();
        exchange = over ? null : next;
        return !over;
    }

    /** Nobody waits for the answer any more. */
    synchronized void end() {
        over = true;
        forget();
    }

    private void forget() {
        if (exchange != null) {
            sessions.gone(exchange);
            exchange = null;
        }
    }
}
