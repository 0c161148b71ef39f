/**
 * Backtests, accuracy measures, and the simple forecasts that a network has to beat.
 *
 * <p>{@link io.foretide.evaluation.Backtest} cuts series into windows and has them forecast by a
 * {@link io.foretide.evaluation.Forecaster}, beside each {@link io.foretide.evaluation.Baseline}; {@link io.foretide.evaluation.Measures} says what is measured, and how. Forecasts
 * are added up as they come and not kept, so that a backtest takes the memory of a few windows.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"network", "classification", "series", "problem"})
package io.foretide.evaluation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
