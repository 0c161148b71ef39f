package io.foretide.training;

import io.foretide.http.DataField;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.Task;
import java.util.List;
import org.springframework.stereotype.Component;

/** The tasks that models are trained for. */
@Component
final class TrainingTasks {
    private final ForecastTraining forecast;
    private final ClassifyTraining classify;

    TrainingTasks(ForecastTraining forecast, ClassifyTraining classify) {
        this.forecast = forecast;
        this.classify = classify;
    }

    TaskTraining<?> of(Task task) {
        return switch (task) {
            case FORECAST -> forecast;
            case CLASSIFY -> classify;
            case GENERATE ->
                throw new ProblemException(
                                ProblemType.NOT_SUPPORTED,
                                "The task %s is not supported by this release. Use forecast or classify."
                                        .formatted(task))
                        .at("/task");
        };
    }

    /** The data of all tasks, where they stand in a request. */
    List<DataField<Sent>> fields() {
        return List.of(forecast.field(), classify.field());
    }
}
