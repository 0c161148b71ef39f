package io.foretide.prediction;

/** How well a model does on data whose answers are known, as clients receive it: one form for each task. */
sealed interface BacktestAnswer permits ForecastBacktest, ClassificationBacktestAnswer, LanguageBacktestAnswer {}
