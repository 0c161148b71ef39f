package io.foretide.network;

import io.foretide.series.QuantileLevel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Quantiles of what is left over the anchor, in units of the scale, trained by pinball loss and then calibrated.
 *
 * <pre>
 *   L_q(y, ŷ) = max(q·(y − ŷ), (q − 1)·(y − ŷ))
 * </pre>
 *
 * Outputs that cross are put in order, which never makes them worse (Chernozhukov et al. 2010).
 *
 * @param levels ascending, the median among them
 */
record QuantileHead(List<QuantileLevel> levels, NormalQuantiles quantiles, Calibration calibration) implements Head {
    QuantileHead(List<QuantileLevel> levels, Calibration calibration) {
        this(levels, new NormalQuantiles(levels), calibration);
    }

    @Override
    public int width() {
        return levels.size();
    }

    /** Which level is the median. */
    int median() {
        return levels.indexOf(QuantileLevel.MEDIAN);
    }

    @Override
    public double label(double value, double anchor, double scale) {
        return Head.leftOver(value, anchor, scale);
    }

    @Override
    public double loss(float label, float offset, float[] outputs, int at, float[] gradient) {
        double loss = 0;
        int width = levels.size();
        for (int i = 0; i < width; i++) {
            double q = levels.get(i).value();
            double error = label - outputs[at + i];
            loss += Math.max(q * error, (q - 1) * error);
            gradient[at + i] = (float) ((error > 0 ? -q : 1 - q) / width);
        }
        return loss / width;
    }

    @Override
    public double read(Step step, float[] outputs, Levels levels, double[] out) {
        double[] known = new double[width()];
        levels(step.index(), step.anchor(), step.scale(), outputs, step.adaptation(), known);
        for (int i = 0; i < out.length; i++) {
            out[i] = quantiles.at(levels.z()[i], known);
        }
        return quantiles.mean(known);
    }

    /** Writes the values at the trained levels of a future step, ascending, without allocation. */
    void levels(
            int index, double anchor, double scale, float[] outputs, @Nullable Adaptation adaptation, double[] known) {
        for (int i = 0; i < known.length; i++) {
            known[i] = outputs[index * known.length + i];
        }
        Arrays.sort(known);
        double median = known[median()];
        double[] stretches = calibration.stretches()[index];
        for (int i = 0; i < known.length; i++) {
            double stretch = adaptation == null ? stretches[i] : stretches[i] * adaptation.stretches[i];
            known[i] = anchor + scale * (calibration.share() * median + stretch * (known[i] - median));
        }
        Arrays.sort(known);
    }
}
