package io.foretide.streaming;

/** One walk by itself, away from all others: what a session does, to each task its own. Belongs to one thread. */
sealed interface Walk permits ForecastWalk, ClassifierWalk, WriterWalk {
    /** Walks one more observation. */
    void take(Step step);

    /** Where it stands, which that count is of. */
    Base at(long seq);
}
