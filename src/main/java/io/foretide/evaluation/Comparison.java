package io.foretide.evaluation;

/**
 * Two forecasters on the same windows.
 *
 * @param windows the windows that were scored; without any there is nothing to decide by
 * @param challenger the weighted quantile loss of the first; NaN where it is undefined
 * @param champion the weighted quantile loss of the second; NaN where it is undefined
 */
public record Comparison(int windows, double challenger, double champion) {
    /** Whether the challenger lost less; never so without windows to decide by. */
    public boolean challengerIsBetter() {
        return windows > 0 && challenger < champion;
    }
}
