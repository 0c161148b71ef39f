package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.TimeSeries;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a training that starts from the parameters of another one has to have in common with it. */
final class Continuation {
    /** Fields by the names that clients know, with the settings that parameters of a network are bound to. */
    private static final Map<String, Function<Settings, Object>> BOUND = new LinkedHashMap<>();

    static {
        BOUND.put("forecast.horizon", settings -> settings.forecast().horizon());
        BOUND.put("forecast.loss", settings -> settings.forecast().loss());
        BOUND.put("forecast.quantiles", settings -> settings.forecast().quantiles());
        BOUND.put("forecast.season_length", settings -> settings.forecast().seasonLength());
        BOUND.put("forecast.scaling", settings -> settings.forecast().scaling());
        BOUND.put("forecast.anchor", settings -> settings.forecast().anchor());
        BOUND.put("network.cell", settings -> settings.network().cell());
        BOUND.put("network.units", settings -> settings.network().units());
        BOUND.put("network.members", settings -> settings.network().members());
        BOUND.put("network.layers", settings -> settings.network().layers());
        BOUND.put("network.activation", settings -> settings.network().activation());
    }

    private Continuation() {}

    /** Fails at the first field by which the parameters of the parent would not fit. */
    static void requireSameShape(Settings parent, Settings asked) {
        BOUND.forEach((field, of) -> {
            if (!of.apply(asked).equals(of.apply(parent))) {
                throw new ProblemException(
                                ProblemType.CANNOT_CONTINUE,
                                "%s is %s, and %s in the version that start_from names, whose parameters fit no other. Remove the field, or start_from."
                                        .formatted(field, json(of.apply(asked)), json(of.apply(parent))))
                        .at('/' + field.replace('.', '/'));
            }
        });
    }

    /** Those of the parent, which the new series must do with: what they lack is missing, and what is new has no parameters. */
    static Features features(Features ofParent, Features found, List<TimeSeries> series) {
        List<String> unknown = found.names().stream()
                .filter(name ->
                        !name.startsWith("calendar.") && !ofParent.names().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw cannot(
                    "The series have the covariate %s, which the version that start_from names does not read. Remove it, or start_from."
                            .formatted(unknown.getFirst()));
        }
        boolean timeless = series.stream().anyMatch(one -> one.timeline() == null);
        if (timeless && !ofParent.calendar().isEmpty()) {
            throw cannot(
                    "The version that start_from names reads the calendar, and a series has no times. Send start and freq, or timestamps.");
        }
        return ofParent;
    }

    private static ProblemException cannot(String detail) {
        return new ProblemException(ProblemType.CANNOT_CONTINUE, detail).at("/data/series");
    }

    /** As a client writes it. */
    private static String json(Object value) {
        return new String(ArtifactJson.write(value), StandardCharsets.UTF_8);
    }

    /** Fails where the artifact could not hold what all trainings that led to it saw. */
    static void requireRoom(Seen seen) {
        int bytes = ArtifactJson.write(seen).length;
        if (bytes > Artifact.MOST_SEEN_BYTES) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "What this training and those before it saw takes %d bytes of the artifact, the limit is %d: remove start_from, or train on fewer series."
                                    .formatted(bytes, Artifact.MOST_SEEN_BYTES))
                    .with("limit", Artifact.MOST_SEEN_BYTES)
                    .at("/start_from");
        }
    }

    /** What a training sees, with all that its parent has seen. */
    static Seen seen(Plan.Planned planned, Seen own) {
        Predictor parent = planned.parent();
        return parent == null ? own : own.and(parent.seen());
    }
}
