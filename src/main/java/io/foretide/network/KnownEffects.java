package io.foretide.network;

/**
 * What numbers known ahead add to the outputs for the steps that they are of. Behind the outputs of all future steps the
 * network gives coefficients, so that it depends on the series and its present what a known number does.
 *
 * <pre>
 *   y[h][q] = out[h][q] + Σₖ c[k][q]·x[h][k]
 * </pre>
 *
 * h is a future step, q an output of one, k a number that is known ahead; out comes first, then c.
 *
 * @param horizon how many future steps
 * @param width how many outputs a future step has
 * @param numbers how many numbers are known of each
 */
record KnownEffects(int horizon, int width, int numbers) {
    static KnownEffects of(Settings settings) {
        ForecastSettings forecast = settings.forecast();
        return new KnownEffects(
                forecast.horizon(), Head.width(forecast), settings.features().knownAhead());
    }

    /** Writes x of the steps after so many, as many as there is room for. */
    void write(Surroundings surroundings, long steps, float[] known) {
        for (int at = 0; at < known.length; at += numbers) {
            surroundings.writeAhead(steps + at / numbers, known, at);
        }
    }

    /** Turns outputs into y, for the first steps: those of which there is an x. */
    void add(float[] outputs, float[] known) {
        add(outputs, 0, known, 0, numbers == 0 ? 0 : known.length / numbers);
    }

    /** Turns the outputs of a row, which begin at {@code at}, into y; x begins at {@code knownAt}. */
    void add(float[] outputs, int at, float[] known, int knownAt) {
        add(outputs, at, known, knownAt, horizon);
    }

    private void add(float[] outputs, int at, float[] known, int knownAt, int steps) {
        for (int step = 0; step < steps; step++) {
            for (int k = 0; k < numbers; k++) {
                float x = known[knownAt + step * numbers + k];
                int y = at + step * width, c = at + (horizon + k) * width;
                for (int q = 0; x != 0 && q < width; q++) { // most numbers of the calendar and of promotions are
                    outputs[y + q] += outputs[c + q] * x;
                }
            }
        }
    }

    /** Sets the gradient by the coefficients of a row to what follows from that by y, which stands in front of it. */
    void propagate(float[] gradient, int at, float[] known, int knownAt) {
        for (int k = 0; k < numbers; k++) {
            int c = at + (horizon + k) * width;
            for (int q = 0; q < width; q++) {
                gradient[c + q] = 0;
            }
            for (int step = 0; step < horizon; step++) {
                float x = known[knownAt + step * numbers + k];
                int y = at + step * width;
                for (int q = 0; x != 0 && q < width; q++) {
                    gradient[c + q] += gradient[y + q] * x;
                }
            }
        }
    }
}
