package io.foretide.network;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a network reads of each step beside the target: chosen for the data by a training, and kept with its network.
 *
 * @param past covariates that are known up to the end of a target
 * @param future covariates that are known ahead
 * @param fixed what does not change over time ({@code static} on the wire)
 * @param calendar cycles in which each step has its place
 */
public record Features(
        @JsonProperty("past") List<Measured> past,
        @JsonProperty("future") List<Measured> future,
        @JsonProperty("static") List<Category> fixed,
        @JsonProperty("calendar") List<CalendarCycle> calendar) {
    /** The target alone. */
    public static final Features NONE = new Features(List.of(), List.of(), List.of(), List.of());

    /** Of each kind. */
    static final int MOST_COVARIATES = 64;

    /** Each is an input of every step. */
    static final int MOST_CATEGORIES = 100;

    /** The largest magnitude of a value that a training standardises. */
    static final double MOST_MAGNITUDE = NetworkTrainer.MOST_MAGNITUDE;

    /** One outlier, or another unit than in training, must not push a hidden state into saturation. */
    private static final double MOST_STANDARDISED = 10;

    /**
     * A covariate of numbers, standardised by what the training saw of it.
     *
     * @param scale the standard deviation; 1 where the values do not differ
     * @param masked whether an input of its own says where it is missing
     */
    public record Measured(String name, double mean, double scale, boolean masked) {
        public Measured {
            requireNonNull(name, "name");
            if (!(Math.abs(mean) <= MOST_MAGNITUDE && scale > 0 && scale <= MOST_MAGNITUDE)) {
                throw new IllegalArgumentException(
                        "mean and scale of a covariate must be numbers up to %s and the scale above 0, were %s and %s"
                                .formatted(MOST_MAGNITUDE, mean, scale));
            }
        }

        int width() {
            return masked ? 2 : 1;
        }

        float standardised(double value) {
            return (float) Math.clamp((value - mean) / scale, -MOST_STANDARDISED, MOST_STANDARDISED);
        }
    }

    /**
     * A covariate of categories.
     *
     * @param values those that the training saw, ascending
     */
    public record Category(String name, List<String> values) {
        public Category {
            requireNonNull(name, "name");
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() > MOST_CATEGORIES || !ascend(values)) {
                throw new IllegalArgumentException("a static covariate must have 1 to %d ascending categories, has %d"
                        .formatted(MOST_CATEGORIES, values.size()));
            }
        }
    }

    public Features {
        past = List.copyOf(past);
        future = List.copyOf(future);
        fixed = List.copyOf(fixed);
        calendar = List.copyOf(calendar);
        requireNames(past.stream().map(Measured::name).toList());
        requireNames(future.stream().map(Measured::name).toList());
        requireNames(fixed.stream().map(Category::name).toList());
        if (new HashSet<>(calendar).size() < calendar.size()) {
            throw new IllegalArgumentException("cycles of the calendar must differ, were " + calendar);
        }
    }

    private static void requireNames(List<String> names) {
        if (names.size() > MOST_COVARIATES || !ascend(names)) {
            throw new IllegalArgumentException("covariates of a kind must have at most %d ascending names, were %d"
                    .formatted(MOST_COVARIATES, names.size()));
        }
    }

    private static boolean ascend(List<String> names) {
        return IntStream.range(1, names.size()).allMatch(i -> names.get(i - 1).compareTo(names.get(i)) < 0);
    }

    @JsonIgnore
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** How many inputs a step has for them. */
    int inputs() {
        int categories = fixed.stream().mapToInt(one -> one.values().size()).sum();
        return width(past) + knownAhead() + categories;
    }

    /** How many numbers are known ahead, of each step. */
    int knownAhead() {
        return width(future)
                + calendar.stream().mapToInt(CalendarCycle::numbers).sum();
    }

    private static int width(List<Measured> covariates) {
        return covariates.stream().mapToInt(Measured::width).sum();
    }

    /** All that the network reads, the target first: {@code past.temp}, {@code calendar.week}. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of("target"));
        past.forEach(one -> names.add("past." + one.name()));
        future.forEach(one -> names.add("future." + one.name()));
        fixed.forEach(one -> names.add("static." + one.name()));
        calendar.forEach(one -> names.add("calendar." + one.wireName()));
        return names;
    }
}
