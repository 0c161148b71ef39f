package io.foretide.series;

import io.foretide.reading.Findings;
import java.util.function.Supplier;

/** What one request may still hold; going beyond a limit ends the reading before the memory is spent. */
final class Budget {
    private final SeriesLimits limits;
    private int series;
    private long numbers;

    Budget(SeriesLimits limits) {
        this.limits = limits;
    }

    void addSeries(String place) {
        if (++series > limits.series()) {
            throw Findings.exceeded(
                    place, "more than " + limits.series() + " series", limits.series(), "Send fewer at once.");
        }
    }

    // The place is computed only when needed: this is called for every number.
    void addNumber(Supplier<String> place) {
        if (++numbers > limits.observations()) {
            throw Findings.exceeded(
                    place.get(),
                    "more than " + limits.observations() + " numbers",
                    limits.observations(),
                    "Send fewer or shorter series at once.");
        }
    }

    /**
     * Checks the number of times of a series: they are not kept, so that only each series must stay within the limit.
     */
    void checkTimes(int count, Supplier<String> place) {
        if (count > limits.observations()) {
            throw Findings.exceeded(
                    place.get(),
                    "more than " + limits.observations() + " timestamps",
                    limits.observations(),
                    "Send fewer or shorter series at once.");
        }
    }

    /** Accounts for the steps that a series skips, before there are arrays for them. */
    void addSkipped(long steps, int columns, String place) {
        // Steps may be absurdly many: divide rather than multiply, and stay below the longest array.
        if (steps > Math.min(limits.observations() - numbers, Integer.MAX_VALUE >> 1) / columns) {
            String counted =
                    "skips " + steps + " steps, and with them holds more than " + limits.observations() + " numbers";
            throw Findings.exceeded(place, counted, limits.observations(), "Check the times, or send a coarser freq.");
        }
        numbers += steps * columns;
    }

    void checkCovariates(int count, String place) {
        if (count > limits.covariates()) {
            throw Findings.exceeded(
                    place,
                    "more than " + limits.covariates() + " covariates",
                    limits.covariates(),
                    "Send fewer a series.");
        }
    }

    /** Checks a name: of a series, of a covariate, or a static value. */
    void checkText(String text, String place) {
        if (text.length() > limits.itemIdLength()) {
            throw Findings.exceeded(
                    place,
                    text.length() + " characters where " + limits.itemIdLength() + " are allowed",
                    limits.itemIdLength(),
                    "Use a shorter one.");
        }
    }
}
