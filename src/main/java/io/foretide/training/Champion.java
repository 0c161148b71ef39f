package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;

/**
 * The version that a new one has to beat.
 *
 * @param unseen the windows that its training did not see
 */
record Champion(int version, Forecaster forecaster, WindowFilter unseen) {}
