package io.foretide.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be wrong or odd with a series, and what is or can be done about it. */
enum FindingKind {
    REPEATED_ITEM_ID("Give each series an item_id of its own, or join the rows of one series."),
    COVARIATES(
            "Send a past covariate for each value of the target, and a future one for the steps of the horizon too."),
    COUNT_MISMATCH("Send a timestamp for each value; null is a value that is missing."),
    START_WITHOUT_FREQUENCY("Send freq beside start."),
    IMPOSSIBLE_START("Start the series at a time that its frequency has."),
    SKIPPED_LOCAL_TIME("Send times with their offset, or leave out the hour that the clocks skip."),
    REPEATED_LOCAL_TIME(
            "Of an hour that comes twice the first is taken, and for a time that comes again the second. Send times"
                    + " with their offset to say which is meant."),
    UNORDERED_TIMES("Sort the rows of the series by time."),
    DUPLICATE_TIMES("Send each time once: drop the repeats, or aggregate them."),
    UNKNOWN_FREQUENCY("Send freq."),
    MIXED_FREQUENCY("Split or resample the series, so that all its times are on one frequency."),
    DIFFERENT_FREQUENCY("Train a model for each frequency."),
    GAPS("A skipped step is walked as a missing value. Check the times, and send 0 where nothing happened."),
    TOO_LARGE_VALUES("Send the series in a larger unit, and null for what is no measurement."),
    MISSING_VALUES("A missing value is walked without being learned. Send 0 where nothing happened."),
    TOO_SHORT("Send more history, or ask for a shorter horizon."),
    FEW_SEASONS("Send two seasons or more, or send season_length: a season that was not seen twice is not learned."),
    CONSTANT("Leave the series out, unless it is known to go on like that."),
    OUTLIERS("Check them: send null for what was no measurement, and keep what happened.");

    private final String repair;

    FindingKind(String repair) {
        this.repair = repair;
    }

    String repair() {
        return repair;
    }

    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
