package io.foretide.streaming;

import io.foretide.problem.ProblemException;
import io.foretide.registry.ModelReference;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the aliases point that sessions follow. Looked up once in a while, and never by whoever steps: a database that does not
 * answer must hold nobody up.
 */
final class Aliases {
    private static final Logger log = LoggerFactory.getLogger(Aliases.class);

    private final Models models;
    private final Map<ModelReference, Integer> current = new ConcurrentHashMap<>();
    private final Set<ModelReference> followed = ConcurrentHashMap.newKeySet();
    private final Map<ModelReference, Integer> impossible = new ConcurrentHashMap<>();

    Aliases(Models models) {
        this.models = models;
    }

    /** The version that a reference points to, if that is another one and can be followed. */
    OptionalInt movedFrom(ServedVersion version, ModelReference reference) {
        followed.add(reference);
        Integer now = current.get(reference);
        return now == null || now == version.number() || now.equals(impossible.get(reference))
                ? OptionalInt.empty()
                : OptionalInt.of(now);
    }

    /** Sessions stay where they are until the alias moves again. */
    void cannotBeFollowed(ModelReference reference, int version, ProblemException problem) {
        log.warn(
                "sessions stay with their version reference={} to={} cause=\"{}\"",
                reference,
                version,
                problem.detail());
        impossible.put(reference, version);
    }

    /** Looks up again those that were asked for. */
    void refresh() {
        for (ModelReference reference : followed) {
            try {
                current.put(reference, models.numberOf(reference));
            } catch (RuntimeException failure) {
                log.debug("alias not looked up reference={}", reference, failure);
            }
        }
    }
}
