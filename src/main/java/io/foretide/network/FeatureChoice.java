package io.foretide.network;

import io.foretide.network.Features.Category;
import io.foretide.network.Features.Measured;
import io.foretide.problem.JsonPointers;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Chooses what a network reads beside the target: every covariate that was sent, and the calendar where it has times. */
final class FeatureChoice {
    /** A spread below this part of the values is rounding. */
    private static final double LEAST_SPREAD = 1e-9;

    private final List<TimeSeries> series;
    private final List<Split> splits;

    private FeatureChoice(List<TimeSeries> series, List<Split> splits) {
        this.series = series;
        this.splits = splits;
    }

    /** Means, scales and masks follow from the training parts. */
    static Features of(List<TimeSeries> series, List<Split> splits) {
        var choice = new FeatureChoice(series, splits);
        return new Features(
                choice.measured("past", Covariates::past),
                choice.measured("future", Covariates::future),
                choice.categories(),
                choice.calendar());
    }

    private List<Measured> measured(String kind, Function<Covariates, Map<String, double[]>> of) {
        Set<String> names = new TreeSet<>();
        series.forEach(one -> names.addAll(of.apply(one.covariates()).keySet()));
        requireCount(kind, names);
        return names.stream().map(name -> measured(kind, name, of)).toList();
    }

    private static void requireCount(String kind, Set<String> names) {
        if (names.size() > Features.MOST_COVARIATES) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The series have %d different %s covariates, the limit is %d: send those that matter most."
                                    .formatted(names.size(), kind, Features.MOST_COVARIATES))
                    .with("limit", Features.MOST_COVARIATES)
                    .at("/data/series");
        }
    }

    private Measured measured(String kind, String name, Function<Covariates, Map<String, double[]>> of) {
        List<double[]> parts = new ArrayList<>();
        long steps = 0;
        for (int i = 0; i < series.size(); i++) {
            double[] values = of.apply(series.get(i).covariates()).get(name);
            int end = splits.get(i).trainingEnd();
            steps += end;
            if (values != null) {
                requireMagnitude(values, JsonPointers.child("/data/series/" + i + '/' + kind, name));
                parts.add(Arrays.copyOf(values, end));
            }
        }
        var known = parts.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double mean = Arrays.stream(known).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(known)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        double most = Arrays.stream(known).map(Math::abs).max().orElse(0);
        return new Measured(name, mean, deviation > LEAST_SPREAD * most ? deviation : 1, known.length < steps);
    }

    private static void requireMagnitude(double[] values, String pointer) {
        for (int step = 0; step < values.length; step++) {
            if (Math.abs(values[step]) > Features.MOST_MAGNITUDE) {
                throw new ProblemException(
                                ProblemType.INVALID_SERIES,
                                "A covariate holds %s; magnitudes up to %s can be trained: send it in a larger unit."
                                        .formatted(values[step], Features.MOST_MAGNITUDE))
                        .at(JsonPointers.child(pointer, step));
            }
        }
    }

    private List<Category> categories() {
        Map<String, Set<String>> values = new TreeMap<>();
        series.forEach(one -> one.covariates()
                .fixed()
                .forEach((name, value) ->
                        values.computeIfAbsent(name, _ -> new TreeSet<>()).add(value)));
        requireCount("static", values.keySet());
        List<Category> categories = new ArrayList<>();
        values.forEach((name, known) -> {
            if (known.size() > Features.MOST_CATEGORIES) {
                throw new ProblemException(
                                ProblemType.LIMIT_EXCEEDED,
                                "The static covariate %s has %d different values, the limit is %d: group them, or leave it out."
                                        .formatted(name, known.size(), Features.MOST_CATEGORIES))
                        .with("limit", Features.MOST_CATEGORIES)
                        .at("/data/series");
            }
            categories.add(new Category(name, List.copyOf(known)));
        });
        return categories;
    }

    /** Where all series have times, which are of one frequency. */
    private List<CalendarCycle> calendar() {
        int longest = 0;
        Frequency frequency = null;
        for (TimeSeries one : series) {
            Timeline timeline = one.timeline();
            if (timeline == null) {
                return List.of();
            }
            frequency = timeline.frequency();
            longest = Math.max(longest, one.length());
        }
        return frequency == null ? List.of() : CalendarCycle.of(frequency, longest);
    }
}
