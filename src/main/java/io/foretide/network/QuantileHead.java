package io.foretide.network;

import io.foretide.series.QuantileLevel;
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
 * @param known reads between and beyond them
 * @param median which of them is the median
 */
record QuantileHead(List<QuantileLevel> levels, NormalQuantiles known, int median, Calibration calibration)
        implements Head {
    QuantileHead(List<QuantileLevel> levels, Calibration calibration) {
        this(levels, new NormalQuantiles(levels), levels.indexOf(QuantileLevel.MEDIAN), calibration);
    }

    @Override
    public int width() {
        return levels.size();
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
    public int numbers() {
        return width();
    }

    /** The values at the trained levels, ascending. */
    @Override
    public void describe(
            int step,
            double anchor,
            double scale,
            float[] outputs,
            @Nullable Adaptation adaptation,
            double[] distribution) {
        for (int i = 0; i < distribution.length; i++) {
            distribution[i] = outputs[step * distribution.length + i];
        }
        InsertionSort.sort(distribution);
        double middle = distribution[median];
        double[] stretches = calibration.stretches()[step];
        for (int i = 0; i < distribution.length; i++) {
            double stretch = adaptation == null ? stretches[i] : stretches[i] * adaptation.stretches[i];
            distribution[i] = anchor + scale * (calibration.share() * middle + stretch * (distribution[i] - middle));
        }
        InsertionSort.sort(distribution);
    }

    @Override
    public double mean(double[] distribution) {
        return known.mean(distribution);
    }

    @Override
    public void quantiles(double[] distribution, Levels asked, double[] quantiles) {
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = known.at(asked.z()[i], distribution);
        }
    }

    @Override
    public double below(double[] distribution, double value) {
        return known.below(value, distribution);
    }

    @Override
    public double notAbove(double[] distribution, double value) {
        return known.notAbove(value, distribution);
    }
}
