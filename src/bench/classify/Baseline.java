import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Logistic regression on all values of a sequence, side by side and standardised, with the penalty that held-out data likes best. */
final class Baseline {
    private static final double[] PENALTIES = {1e-5, 1e-4, 1e-3, 1e-2};

    private final double[] means;
    private final double[] spreads;
    private final double[] weights;

    private Baseline(List<double[]> rows) {
        int n = rows.getFirst().length;
        means = new double[n];
        spreads = new double[n];
        weights = new double[n + 1];
        for (int j = 0; j < n; j++) {
            double sum = 0, squares = 0, count = 0;
            for (double[] row : rows) {
                if (!Double.isNaN(row[j])) {
                    sum += row[j];
                    squares += row[j] * row[j];
                    count++;
                }
            }
            means[j] = count == 0 ? 0 : sum / count;
            double variance = count == 0 ? 0 : squares / count - means[j] * means[j];
            spreads[j] = variance > 1e-12 ? Math.sqrt(variance) : 1;
        }
    }

    static Baseline fit(List<double[]> rows, int[] truth) {
        List<double[]> some = new ArrayList<>(), others = new ArrayList<>();
        List<Integer> ofSome = new ArrayList<>(), ofOthers = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            (i % 10 == 0 ? others : some).add(rows.get(i));
            (i % 10 == 0 ? ofOthers : ofSome).add(truth[i]);
        }
        double best = Double.POSITIVE_INFINITY, penalty = PENALTIES[0];
        for (double one : PENALTIES) {
            var fit = new Baseline(some);
            fit.learn(some, ofSome, one);
            double loss = 0;
            for (int i = 0; i < others.size(); i++) {
                double p = fit.probability(others.get(i));
                loss -= Math.log(ofOthers.get(i) == 1 ? p : 1 - p);
            }
            if (loss < best) {
                best = loss;
                penalty = one;
            }
        }
        var fit = new Baseline(rows);
        List<Integer> all = new ArrayList<>();
        for (int one : truth) {
            all.add(one);
        }
        fit.learn(rows, all, penalty);
        return fit;
    }

    private void learn(List<double[]> rows, List<Integer> truth, double penalty) {
        var random = new Random(1);
        int updates = 0;
        for (int epoch = 0; epoch < 60; epoch++) {
            for (int k = 0; k < rows.size(); k++) {
                int i = random.nextInt(rows.size());
                double[] x = scaled(rows.get(i));
                double error = probability(x, true) - truth.get(i);
                double rate = 0.02 / (1 + 1e-5 * updates++);
                for (int j = 0; j < x.length; j++) {
                    weights[j] -= rate * (error * x[j] + penalty * weights[j]);
                }
                weights[x.length] -= rate * error;
            }
        }
    }

    private double[] scaled(double[] row) {
        double[] scaled = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            scaled[j] = Double.isNaN(row[j]) ? 0 : (row[j] - means[j]) / spreads[j];
        }
        return scaled;
    }

    double probability(double[] row) {
        return probability(scaled(row), true);
    }

    private double probability(double[] x, boolean scaled) {
        double sum = weights[x.length];
        for (int j = 0; j < x.length; j++) {
            sum += weights[j] * x[j];
        }
        return Math.max(1e-12, Math.min(1 - 1e-12, 1 / (1 + Math.exp(-sum))));
    }
}
