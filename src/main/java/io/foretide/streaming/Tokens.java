package io.foretide.streaming;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The sessions whose tokens are shown: by connections that resume them, and by requests over HTTP that use them.
 *
 * <p>A request keeps to the session as it came upon it. Where another process gets the session meanwhile, that one is over: so
 * nothing is told as one answer of which a part came before.
 */
final class Tokens {
    private final Signatures signatures;
    private final LiveSessions live;
    private final Journal journal;
    private final Executor workers;
    private final Map<Recipient, Session> used = new ConcurrentHashMap<>();

    Tokens(Signatures signatures, LiveSessions live, Journal journal, Executor workers) {
        this.signatures = signatures;
        this.live = live;
        this.journal = journal;
        this.workers = workers;
    }

    /** The session that a token was given out for; on its way into memory where it is not there. */
    Session find(String token) {
        return live.get(signatures.sessionOf(token).orElseThrow(SessionProblems::invalidToken));
    }

    /** The session that a recipient means by a name, or by its token. */
    Session find(String name, Recipient from, @Nullable Client by) {
        if (from.token() instanceof String token) {
            return find(token, name, from);
        }
        Session session = by == null ? null : by.sessions().get(name);
        if (session == null) {
            throw SessionProblems.unknown(name);
        }
        return session;
    }

    /** The session that a request uses, whose token has to be for that name. */
    private Session find(String token, String name, Recipient request) {
        Session session = used.get(request);
        if (session == null) {
            session = find(token);
            used.put(request, session);
        }
        if (!session.name().isEmpty() && !session.name().equals(name)) {
            throw SessionProblems.invalidToken();
        }
        return session;
    }

    /** As {@link SessionService#confirm}. */
    CompletableFuture<Void> confirm(Recipient request) {
        Session session = used.get(request);
        if (session == null) {
            return CompletableFuture.completedFuture(null); // all was refused
        }
        var confirmed = new CompletableFuture<Void>();
        // Behind all that the request asked, so that its answers are known by then.
        session.offer(new Task.Change(null, here -> confirm(here, confirmed), confirmed::completeExceptionally));
        session.step();
        return confirmed;
    }

    private void confirm(Session session, CompletableFuture<Void> confirmed) {
        journal.confirm(session.log())
                .whenCompleteAsync(
                        (_, failure) -> {
                            session.goOn();
                            if (failure == null) {
                                confirmed.complete(null);
                            } else {
                                confirmed.completeExceptionally(failure);
                            }
                        },
                        workers);
    }

    /** Nobody waits for the answer to a request any more. */
    void gone(Recipient request) {
        used.remove(request);
    }
}
