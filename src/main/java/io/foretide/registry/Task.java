package io.foretide.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a model is for. */
public enum Task {
    @JsonProperty("forecast")
    FORECAST,
    @JsonProperty("classify")
    CLASSIFY,
    @JsonProperty("generate")
    GENERATE;

    /** As it is written for clients, in artifacts and in the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The task of that name. */
    public static Task ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return wireName();
    }
}
