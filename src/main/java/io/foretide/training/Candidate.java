package io.foretide.training;

import io.foretide.evaluation.Comparison;
import io.foretide.registry.ModelVersion;

/** A model that was trained and measured, and is not published yet. */
interface Candidate {
    /** The model as bytes, with its record. */
    byte[] artifact();

    /** How it came about. */
    TrainingRecord record();

    /** How it works. */
    Workings workings();

    /** What versions of its task are compared by. */
    Yardstick yardstick();

    /**
     * How it does beside the champion on what neither of them has seen.
     *
     * @throws io.foretide.problem.ProblemException where the champion cannot be compared with
     */
    Comparison compareWith(ModelVersion champion);
}
