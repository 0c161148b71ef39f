package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a job is busy with. */
enum Phase {
    WAITING,
    PREPARING,
    TRAINING,
    EVALUATING,
    PUBLISHING,
    DONE;

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Phase ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    /** The progress of a job in this phase, in percent. */
    double percent(int epoch, int epochs) {
        return switch (this) {
            case WAITING, PREPARING -> 0;
            case TRAINING -> epochs == 0 ? 0 : Math.min(99.0, 100.0 * epoch / epochs);
            case EVALUATING, PUBLISHING -> 99;
            case DONE -> 100;
        };
    }
}
