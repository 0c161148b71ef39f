package io.foretide.network;

import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model reads, against what a client sends: what it would pass over or take for something else is refused.
 *
 * @param model its name and version, as a client is told
 * @param loss what it was trained with
 * @param frequency the spacing of the steps that it was trained on; absent where the training data had no times
 */
public record ModelInputs(
        String model,
        Loss loss,
        Features features,
        @Nullable Frequency frequency) {
    /** Refuses a series that the model cannot walk; the pointer is that of the series. */
    public void requireReadable(TimeSeries series, String pointer) {
        var covariates = series.covariates();
        requirePast(covariates.past().keySet(), pointer + "/past");
        requireFuture(covariates.future().keySet(), pointer + "/future");
        requireKnown("static", covariates.fixed().keySet(), names(Kind.STATIC), pointer + "/static");
        requireTimes(series, pointer);
        requireSameFrequency(series, pointer);
        for (int step = 0; step < series.length(); step++) {
            requireTaken(series.itemId(), series.target()[step], pointer + "/target/", step);
        }
    }

    private enum Kind {
        PAST,
        FUTURE,
        STATIC
    }

    private List<String> names(Kind kind) {
        return switch (kind) {
            case PAST -> features.past().stream().map(Features.Measured::name).toList();
            case FUTURE ->
                features.future().stream().map(Features.Measured::name).toList();
            case STATIC ->
                features.fixed().stream().map(Features.Category::name).toList();
        };
    }

    /** Refuses past covariates that the model does not read. */
    public void requirePast(Collection<String> sent, String pointer) {
        requireKnown("past", sent, names(Kind.PAST), pointer);
    }

    /** Refuses future covariates that the model does not read. */
    public void requireFuture(Collection<String> sent, String pointer) {
        requireKnown("future", sent, names(Kind.FUTURE), pointer);
    }

    /** A covariate that is not used may be misspelt; one that is missing is masked. */
    private void requireKnown(String kind, Collection<String> sent, List<String> known, String pointer) {
        for (String name : sent) {
            if (!known.contains(name)) {
                List<String> all = features.names();
                throw new ProblemException(
                                ProblemType.NOT_SUPPORTED,
                                "%s does not use the %s covariate \"%s\": it was trained on %s. Send series without it, or name a version that was trained with it."
                                        .formatted(model, kind, name, String.join(", ", all)))
                        .with("features", all)
                        .at(JsonPointers.child(pointer, name));
            }
        }
    }

    private void requireTimes(TimeSeries series, String pointer) {
        if (!features.calendar().isEmpty() && series.timeline() == null) {
            throw new ProblemException(
                            ProblemType.INVALID_SERIES,
                            "%s reads the calendar, and series \"%s\" has no times. Send its start and freq, or its timestamps."
                                    .formatted(model, series.itemId()))
                    .at(pointer);
        }
    }

    private void requireSameFrequency(TimeSeries series, String pointer) {
        Frequency sent = series.frequency();
        if (frequency == null || sent == null || sent.sameSpacing(frequency)) {
            return;
        }
        throw new ProblemException(
                        ProblemType.NOT_SUPPORTED,
                        "%s was trained on steps of %s, and those of series \"%s\" are %s. Send a series of that frequency, or name a model that was trained on this one."
                                .formatted(model, frequency.spelling(), series.itemId(), sent.spelling()))
                .with("frequency", frequency.spelling())
                .at(pointer + "/freq");
    }

    /** Refuses a value that a model of counts has no notion of. */
    public void requireTaken(String series, double value, String pointer) {
        if (!loss.takes(value)) {
            throw new ProblemException(
                            ProblemType.INVALID_SERIES,
                            "%s was trained with the loss negative_binomial, which is for counts: 0, 1, 2 and so on. Series \"%s\" holds %s. Send counts, or name a model that was trained otherwise."
                                    .formatted(model, series, value))
                    .at(pointer);
        }
    }

    private void requireTaken(String series, double value, String pointer, int step) {
        if (!loss.takes(value)) {
            requireTaken(series, value, pointer + step);
        }
    }
}
