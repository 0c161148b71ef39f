package io.foretide.training;

/** How a model works, as the record of its version tells it beside all else. */
sealed interface Workings permits ForecastWorkings, ClassifierWorkings, LanguageWorkings {
    /** What its training drew from. */
    long drawnFrom();
}
