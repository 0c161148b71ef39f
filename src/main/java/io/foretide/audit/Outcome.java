package io.foretide.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a training makes of a finding; the worst first. */
enum Outcome {
    /** It is not begun. */
    REFUSED,
    /** It mends that by itself, and goes ahead. */
    REPAIRED,
    /** It takes the series as it is, which may not be what was meant. */
    TAKEN;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
