package io.foretide.training;

import io.foretide.evaluation.Forecaster;
import io.foretide.evaluation.WindowFilter;

/**
 * The version that a new one has to beat at forecasting.
 *
 * @param unseen the windows that its training did not see
 */
record Champion(Forecaster forecaster, WindowFilter unseen) {}
