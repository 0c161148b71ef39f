package io.foretide.training;

import io.foretide.evaluation.Comparison;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two versions of a model are compared by; the lower value is the better one. */
enum Yardstick {
    WEIGHTED_QUANTILE_LOSS("weighted quantile loss", "wql", "window"),
    LOG_LOSS("log loss", "log_loss", "sequence"),
    NATS("nats per token", "nats", "token");

    private final String title;
    private final String field;
    private final String item;

    /**
     * @param title the measure in words
     * @param field the measure on the wire
     * @param item what it is taken over
     */
    Yardstick(String title, String field, String item) {
        this.title = title;
        this.field = field;
        this.item = item;
    }

    String title() {
        return title;
    }

    String item() {
        return item;
    }

    /** A comparison as fields of a record; nulls where there was none. */
    Map<String, @Nullable Number> fields(@Nullable Comparison comparison) {
        Map<String, @Nullable Number> fields = new LinkedHashMap<>();
        fields.put(item + "s", comparison == null ? null : comparison.items());
        fields.put(field, comparison == null ? null : finite(comparison.challenger()));
        fields.put("champion_" + field, comparison == null ? null : finite(comparison.champion()));
        return fields;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
