package io.foretide.training;

import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingOptions;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a job was accepted to do; the options that the client left open are still to be chosen for the data. */
record JobSettings(
        Task task,
        ForecastOptions forecast,
        NetworkOptions network,
        TrainingOptions training,
        PromotionPolicy promote,
        String description,
        Map<String, String> tags) {
    JobSettings {
        // Sorted, so that equal requests have equal fingerprints.
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
