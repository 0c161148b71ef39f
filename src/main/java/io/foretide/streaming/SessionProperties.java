package io.foretide.streaming;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much sessions may take, and how long they are kept.
 *
 * @param maxPerConnection the most sessions of one connection
 * @param maxLive the most sessions that are held in memory; those used longest ago leave it for the store
 * @param maxStored the most sessions in all
 * @param idleTime after how long without a message a session leaves memory for the store
 * @param ttl how long a session is kept after its last use; also the longest that a client may ask for
 * @param maxJump the most steps that one observation may skip
 * @param maxHorizon the most future steps of a forecast
 * @param maxQuantiles the most quantile levels of a forecast
 * @param maxText the most characters of a piece of text
 * @param maxTokens the most tokens of a continuation
 * @param maxGenerations the most continuations at a time; others are refused
 * @param maxWaitingText how much text may wait to be read in all sessions
 * @param drainDeadline how long a stop may take to make sessions durable and end connections
 * @param maxMessageSize the most characters of a message
 * @param maxMessageRate the most messages a second of one connection, in the mean; as many may come at once
 * @param maxConnectionIdle after how long without a message in either direction a connection is closed
 * @param sendTimeout how long one message, or each 16 KB of a longer one, may take to be sent
 * @param outboxSize how much may wait for a slow reader before newer forecasts take the place of older ones
 * @param maxOutboxSize how much may wait for one connection when all forecasts that have a newer one are dropped; then it is
 *     closed
 * @param maxOutboxMemory how much may wait for all connections together; then those that wait for much are closed
 * @param requestTimeout how long a request over HTTP waits for its answer
 */
@Validated
@ConfigurationProperties("foretide.sessions")
record SessionProperties(
        @DefaultValue("100000") @Positive @Max(10_000_000) int maxPerConnection,
        @DefaultValue("100000") @Positive @Max(10_000_000) int maxLive,
        @DefaultValue("10000000") @Positive long maxStored,
        @DefaultValue("5m") @DurationMin(seconds = 1) Duration idleTime,
        @DefaultValue("30d") @DurationMin(seconds = 1) Duration ttl,

        @DefaultValue("1000") @PositiveOrZero @Max(1_000_000)
        int maxJump,

        @DefaultValue("1000") @Positive @Max(1_000_000) int maxHorizon,
        @DefaultValue("64") @Positive @Max(1000) int maxQuantiles,
        @DefaultValue("65536") @Positive @Max(1_000_000) int maxText,
        @DefaultValue("10000") @Positive @Max(1_000_000) int maxTokens,
        @DefaultValue("1000") @Positive @Max(1_000_000) int maxGenerations,
        @DefaultValue("64MB") DataSize maxWaitingText,

        @DefaultValue("20s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration drainDeadline,

        @DefaultValue("1MB") DataSize maxMessageSize,
        @DefaultValue("100000") @Positive int maxMessageRate,
        @DefaultValue("10m") @DurationMin(seconds = 1) Duration maxConnectionIdle,

        @DefaultValue("20s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration sendTimeout,

        @DefaultValue("256KB") DataSize outboxSize,
        @DefaultValue("4MB") DataSize maxOutboxSize,
        @DefaultValue("256MB") DataSize maxOutboxMemory,

        @DefaultValue("20s") @DurationMin(millis = 1) @DurationMax(minutes = 10)
        Duration requestTimeout) {

    SessionProperties {
        requireBetween("max-message-size", maxMessageSize, DataSize.ofKilobytes(1), DataSize.ofMegabytes(64));
        requireBetween("max-waiting-text", maxWaitingText, DataSize.ofBytes(2L * maxText), DataSize.ofTerabytes(1));
        requireBetween("outbox-size", outboxSize, DataSize.ofKilobytes(1), maxOutboxSize);
        requireBetween("max-outbox-size", maxOutboxSize, DataSize.ofKilobytes(1), maxOutboxMemory);
        requireBetween("max-outbox-memory", maxOutboxMemory, DataSize.ofKilobytes(1), DataSize.ofTerabytes(1));
    }

    private static void requireBetween(String name, DataSize size, DataSize least, DataSize most) {
        if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "foretide.sessions.%s must lie between %s and %s, was %s".formatted(name, least, most, size));
        }
    }
}
