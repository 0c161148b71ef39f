package io.foretide.streaming;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How soon the observations of sessions are durable, and how much is kept of them.
 *
 * @param durabilityLag the longest time from an observation to its commit, where the database is well; at 0 each is written
 *     at once
 * @param keptObservations how many of the last observations of a session can always be rewound
 * @param maxSize about the most bytes of observations that this process keeps in the log
 * @param maxWaiting the most bytes that wait to be written; beyond, observations are refused
 * @param writerTimeout after how long without a sign a process counts as dead, so that its log is cleared up
 * @param sweepInterval how often sessions that expired are deleted, and dead processes looked for
 */
@Validated
@ConfigurationProperties("foretide.sessions.journal")
record JournalProperties(
        @DefaultValue("500ms") @DurationMin @DurationMax(seconds = 10)
        Duration durabilityLag,

        @DefaultValue("64") @Min(1) @Max(10_000) int keptObservations,
        @DefaultValue("128MB") DataSize maxSize,
        @DefaultValue("32MB") DataSize maxWaiting,

        @DefaultValue("60s") @DurationMin(seconds = 15) @DurationMax(hours = 24)
        Duration writerTimeout,

        @DefaultValue("60s") @DurationMin(millis = 100) @DurationMax(hours = 24)
        Duration sweepInterval) {
    private static final DataSize LEAST = DataSize.ofMegabytes(1);

    JournalProperties {
        if (maxSize.compareTo(LEAST) < 0 || maxWaiting.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(
                    "foretide.sessions.journal.max-size and max-waiting must be at least 1MB, were %s and %s"
                            .formatted(maxSize, maxWaiting));
        }
    }
}
