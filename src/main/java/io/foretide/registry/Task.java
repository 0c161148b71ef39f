package io.foretide.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.foretide.network.Artifact;
import java.util.Arrays;
import java.util.List;
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

    /** The task of an artifact, as its manifest says it: one that says nothing forecasts. */
    static Task ofArtifact(byte[] artifact) {
        String name = Artifact.task(artifact).orElseGet(FORECAST::wireName);
        return Arrays.stream(values())
                .filter(task -> task.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> Artifact.unreadable("its task is none of " + List.of(values())));
    }

    @Override
    public String toString() {
        return wireName();
    }
}
