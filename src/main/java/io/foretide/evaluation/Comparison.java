package io.foretide.evaluation;

/**
 * Two models on the same windows, or whatever else models of their task are measured on.
 *
 * @param items how many were scored; without any there is nothing to decide by
 * @param challenger the loss of the first; NaN where it is undefined
 * @param champion the loss of the second; NaN where it is undefined
 */
public record Comparison(int items, double challenger, double champion) {
    /** Whether the challenger lost less; never so without anything to decide by. */
    public boolean challengerIsBetter() {
        return items > 0 && challenger < champion;
    }
}
