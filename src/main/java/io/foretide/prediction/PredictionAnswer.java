package io.foretide.prediction;

/** What a model says of the data of a request, as clients receive it: one form for each task. */
sealed interface PredictionAnswer
        permits ForecastAnswer, ClassificationAnswer, ContinuationAnswer, ContinuationStream {}
