package io.foretide.streaming;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Takes sessions along when the alias moves that they follow. */
final class Following implements Stepper.Migration {
    private final Aliases aliases;
    private final Supplier<SessionChanges> changes;
    private final Executor workers;

    Following(Aliases aliases, Supplier<SessionChanges> changes, Executor workers) {
        this.aliases = aliases;
        this.changes = changes;
        this.workers = workers;
    }

    @Override
    public boolean isDue(Session session) {
        return session.settings().onVersion() == VersionPolicy.MIGRATE
                && aliases.movedFrom(session.version(), session.reference()).isPresent();
    }

    @Override
    public void begin(Session session) {
        ServedVersion from = session.version();
        int to = aliases.movedFrom(from, session.reference()).orElse(from.number());
        changes.get()
                .migrate(session, to)
                .whenCompleteAsync(
                        (replayed, failure) -> {
                            if (failure != null) {
                                aliases.cannotBeFollowed(
                                        session.reference(), to, changes.get().explain(failure, "migrate"));
                            } else if (session.owner() instanceof Client owner) {
                                owner.send(new ServerMessage.Switched(session.name(), from.number(), to, replayed));
                            }
                            session.goOn();
                        },
                        workers);
    }
}
