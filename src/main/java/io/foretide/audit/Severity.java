package io.foretide.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a finding is. */
enum Severity {
    /** A training would be refused. */
    ERROR,
    /** A training goes ahead, and may not do what was meant. */
    WARNING;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
