package io.foretide.prediction;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one request may ask for.
 *
 * @param maxHorizon the most future steps
 * @param maxQuantiles the most quantile levels
 * @param maxValues the most numbers in an answer: series × horizon × (levels + 1), as the mean is one as well
 * @param maxWindows the most origins in each series of a backtest
 * @param maxBacktestSteps the most steps that one backtest may walk, over all its windows
 * @param maxTokens the most tokens of a continuation
 * @param maxPromptLength the most characters of a prompt
 * @param maxGenerations the most continuations that are written at a time, fewer than threads answer requests, so that some are
 *     left for all else
 * @param maxWork the most multiplications of one request: steps × parameters of the model
 */
@Validated
@ConfigurationProperties("foretide.prediction")
record PredictionProperties(
        @DefaultValue("10000") @Positive @Max(1_000_000) int maxHorizon,
        @DefaultValue("64") @Positive @Max(1000) int maxQuantiles,
        @DefaultValue("5000000") @Positive long maxValues,
        @DefaultValue("1000") @Positive @Max(1_000_000) int maxWindows,
        @DefaultValue("10000000") @Positive long maxBacktestSteps,
        @DefaultValue("10000") @Positive @Max(1_000_000) int maxTokens,
        @DefaultValue("1000000") @Positive int maxPromptLength,
        @DefaultValue("48") @Positive @Max(10_000) int maxGenerations,
        @DefaultValue("200000000000") @Positive long maxWork) {}
