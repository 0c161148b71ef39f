package io.foretide.classification;

import java.util.Arrays;

/** Numbers of one or several channels, step after step; NaN is a missing one. Immutable. */
public final class Values implements Sequence {
    private final int channels;

    /** [steps][channels] */
    private final double[] numbers;

    private Values(int channels, double[] numbers) {
        this.channels = channels;
        this.numbers = numbers;
    }

    /** @param numbers [steps][channels], of as many channels at each step; one step at least */
    public static Values of(double[][] numbers) {
        if (numbers.length == 0 || numbers[0].length == 0) {
            throw new IllegalArgumentException("a sequence has at least one step and one channel");
        }
        int channels = numbers[0].length;
        double[] flat = new double[numbers.length * channels];
        for (int step = 0; step < numbers.length; step++) {
            if (numbers[step].length != channels) {
                throw new IllegalArgumentException(
                        "step %d has %d channels, step 0 has %d".formatted(step, numbers[step].length, channels));
            }
            System.arraycopy(numbers[step], 0, flat, step * channels, channels);
        }
        return new Values(channels, flat);
    }

    /**
     * Without a copy of the numbers, which nobody else must change.
     *
     * @param numbers [steps][channels], one step after the other; one at least
     */
    public static Values of(int channels, double[] numbers) {
        if (channels < 1 || numbers.length == 0 || numbers.length % channels != 0) {
            throw new IllegalArgumentException(
                    "%d numbers are no steps of %d channels".formatted(numbers.length, channels));
        }
        return new Values(channels, numbers);
    }

    /** One channel. */
    public static Values of(double... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("a sequence has at least one step");
        }
        return new Values(1, numbers.clone());
    }

    public int steps() {
        return numbers.length / channels;
    }

    public int channels() {
        return channels;
    }

    public double at(int step, int channel) {
        return numbers[step * channels + channel];
    }

    /** The numbers of one step, copied. */
    public double[] step(int step) {
        return Arrays.copyOfRange(numbers, step * channels, (step + 1) * channels);
    }

    /** Bit for bit; NaN equals NaN. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Values values && values.channels == channels && Arrays.equals(values.numbers, numbers);
    }

    @Override
    public int hashCode() {
        return 31 * channels + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "%d steps of %d channels".formatted(steps(), channels);
    }
}
