package io.foretide.training;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.regex.Pattern;

/** What a client sends with a request and each repeat of it, so that the repeats start nothing new. */
record IdempotencyKey(String value) {
    /** The header that carries a key. */
    static final String HEADER = "Idempotency-Key";

    private static final int MAX_LENGTH = 200;
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1," + MAX_LENGTH + "}");

    IdempotencyKey {
        if (!VISIBLE.matcher(value).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER,
                    "The header %s has %d characters, and must have 1 to %d visible ASCII characters without spaces. A random UUID is a good one."
                            .formatted(HEADER, value.length(), MAX_LENGTH));
        }
    }
}
