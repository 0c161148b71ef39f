package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a model is for. */
enum Task {
    @JsonProperty("forecast")
    FORECAST,
    @JsonProperty("classify")
    CLASSIFY,
    @JsonProperty("generate")
    GENERATE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Task ofWireName(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
