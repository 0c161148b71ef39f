package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.EntityTags.Strength;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The state of an alias on which a change depends: {@code If-Match} and {@code If-None-Match} of RFC 9110. */
record Precondition(@Nullable EntityTags ifMatch, @Nullable EntityTags ifNoneMatch) {
    static final Precondition NONE = new Precondition(null, null);

    static Precondition of(HttpHeaders headers) {
        return new Precondition(
                EntityTags.of(headers, HttpHeaders.IF_MATCH), EntityTags.of(headers, HttpHeaders.IF_NONE_MATCH));
    }

    /** Fails where an alias is in another state; whoever calls this holds the lock of the model. */
    void require(ModelReference alias, Optional<ModelAlias> present) {
        String tag = present.map(ModelAlias::entityTag).orElse(null);
        if (ifMatch != null && !ifMatch.match(tag, Strength.STRONG)) {
            throw moved(
                    alias,
                    present,
                    "that is not what If-Match asks for. Look at it again, and repeat the change with its present ETag if it is still right.");
        }
        if (ifNoneMatch != null && ifNoneMatch.match(tag, Strength.WEAK)) {
            throw moved(
                    alias,
                    present,
                    "If-None-Match asks that it does not. Leave that out to move it, or send its ETag in If-Match.");
        }
    }

    private static ProblemException moved(ModelReference alias, Optional<ModelAlias> present, String advice) {
        String state = present.map(
                        found -> "points to version %d since the move %s".formatted(found.version(), found.entityTag()))
                .orElse("does not exist");
        var problem = new ProblemException(
                ProblemType.ALIAS_MOVED, "The alias %s %s, and %s".formatted(alias, state, advice));
        present.ifPresent(found -> problem.with("version", found.version())
                .with("etag", found.entityTag())
                .header(HttpHeaders.ETAG, found.entityTag()));
        return problem;
    }
}
