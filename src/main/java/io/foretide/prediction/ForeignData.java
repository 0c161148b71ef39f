package io.foretide.prediction;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.reading.DataReader;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/** Data that models of another task read: refused where they are met. */
record ForeignData<D>(String name, ServedModel model) implements DataReader<D> {
    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public DataReader<D> with(Function<String, @Nullable String> parameters) {
        return this;
    }

    @Override
    public D readJson(JsonParser parser, String pointer) {
        throw problem().at(pointer);
    }

    @Override
    public D readJsonLines(InputStream body) {
        throw problem();
    }

    @Override
    public D readCsv(InputStream body) {
        throw problem();
    }

    private ProblemException problem() {
        return new ProblemException(
                        ProblemType.TASK_MISMATCH,
                        "%s version %d does the task \"%s\", which reads no %s. Send what it reads, or name a model of another task."
                                .formatted(model.name(), model.version(), model.task(), name))
                .with("task", model.task().wireName());
    }
}
