package io.foretide.prediction;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.foretide.registry.Task;
import io.foretide.series.QuantileLevel;
import io.foretide.series.SeriesForecast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forecasts as clients receive them, in JSON or, by {@link ForecastCsvConverter}, in CSV. */
record ForecastAnswer(
        String model, int version, Task task, @JsonIgnore List<QuantileLevel> levels, List<ItemForecast> forecasts)
        implements PredictionAnswer {

    /** The forecast of one series; its numbers are written to JSON from where they are. */
    @JsonPropertyOrder({"item_id", "start", "freq", "mean", "quantiles"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ItemForecast(@JsonIgnore SeriesForecast of) {
        @JsonProperty
        String itemId() {
            return of.series().itemId();
        }

        /** The time of the first forecast step, in the spelling of the client; absent where the client sent no times. */
        @JsonProperty
        @Nullable
        String start() {
            var timeline = of.series().timeline();
            return timeline == null ? null : timeline.labelOf(of.series().length());
        }

        @JsonProperty
        @Nullable
        String freq() {
            var frequency = of.series().frequency();
            return frequency == null ? null : frequency.spelling();
        }

        @JsonProperty
        double[] mean() {
            return of.forecast().mean();
        }

        @JsonProperty
        Map<String, double[]> quantiles() {
            var levels = of.forecast().levels();
            Map<String, double[]> quantiles = LinkedHashMap.newLinkedHashMap(levels.size());
            levels.forEach(
                    level -> quantiles.put(level.toString(), of.forecast().at(level)));
            return quantiles;
        }
    }
}
