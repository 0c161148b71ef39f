package io.foretide.training;

import io.foretide.http.DataField;
import io.foretide.registry.Task;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tasks that models are trained for. */
@Component
final class TrainingTasks {
    private final ForecastTraining forecast;
    private final ClassifyTraining classify;
    private final GenerateTraining generate;

    TrainingTasks(ForecastTraining forecast, ClassifyTraining classify, GenerateTraining generate) {
        this.forecast = forecast;
        this.classify = classify;
        this.generate = generate;
    }

    TaskTraining<?> of(Task task) {
        return switch (task) {
            case FORECAST -> forecast;
            case CLASSIFY -> classify;
            case GENERATE -> generate;
        };
    }

    /** The data of all tasks, where they stand in a request. */
    List<DataField<Sent>> fields() {
        return List.of(forecast.field(), classify.field(), generate.field());
    }
}
