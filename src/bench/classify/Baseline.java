import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Logistic regression on all values of a sequence, side by side and standardised, with the penalty that held-out data likes best. */
final class Baseline {
    private static final int BINS = 10;
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

    /** How good it is on the test part of a set of two labels, of sequences of as many values each. */
    static ObjectNode measures(LabelledSet set) {
        String positive = set.train().stream()
                .map(Baseline::label)
                .max(String::compareTo)
                .orElseThrow();
        Baseline baseline = fit(rows(set.train()), truth(set.train(), positive));
        int[] truth = truth(set.test(), positive);
        double[] p = rows(set.test()).stream().mapToDouble(baseline::probability).toArray();
        double brier = 0, right = 0, logLoss = 0, pairs = 0, ordered = 0;
        for (int i = 0; i < p.length; i++) {
            brier += (p[i] - truth[i]) * (p[i] - truth[i]) / p.length;
            right += p[i] > 0.5 == (truth[i] == 1) ? 1.0 / p.length : 0;
            logLoss -= Math.log(truth[i] == 1 ? p[i] : 1 - p[i]) / p.length;
            for (int j = 0; truth[i] == 1 && j < p.length; j++) {
                if (truth[j] == 0) {
                    pairs++;
                    ordered += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                }
            }
        }
        return JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("accuracy", right)
                .put("macro_f1", macroF1(truth, p))
                .put("log_loss", logLoss)
                .put("brier", brier)
                .put("auc", ordered / pairs)
                .put("calibration_error", calibrationError(truth, p));
    }

    private static double macroF1(int[] truth, double[] p) {
        double sum = 0;
        for (int label = 0; label < 2; label++) {
            int of = label;
            double both = IntStream.range(0, p.length)
                    .filter(i -> truth[i] == of && (p[i] > 0.5 ? 1 : 0) == of)
                    .count();
            double either = IntStream.range(0, p.length)
                    .map(i -> (truth[i] == of ? 1 : 0) + ((p[i] > 0.5 ? 1 : 0) == of ? 1 : 0))
                    .sum();
            sum += 2 * both / either / 2;
        }
        return sum;
    }

    /** Over ten bins of confidence, as the service has it. */
    private static double calibrationError(int[] truth, double[] p) {
        double[] gaps = new double[BINS];
        for (int i = 0; i < p.length; i++) {
            double confidence = Math.max(p[i], 1 - p[i]);
            gaps[Math.min(BINS - 1, (int) (confidence * BINS))] +=
                    confidence - (p[i] > 0.5 == (truth[i] == 1) ? 1 : 0);
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap) / p.length;
        }
        return sum;
    }

    private static String label(JsonNode sequence) {
        return sequence.path("label").asString();
    }

    private static int[] truth(List<ObjectNode> sequences, String positive) {
        return sequences.stream()
                .mapToInt(one -> label(one).equals(positive) ? 1 : 0)
                .toArray();
    }

    /** All values of each sequence side by side; NaN where one is missing. */
    private static List<double[]> rows(List<ObjectNode> sequences) {
        List<double[]> rows = new ArrayList<>();
        for (ObjectNode sequence : sequences) {
            List<Double> row = new ArrayList<>();
            for (JsonNode step : sequence.path("values")) {
                for (JsonNode value : step) {
                    row.add(value.isNumber() ? value.asDouble() : Double.NaN);
                }
            }
            rows.add(row.stream().mapToDouble(x -> x).toArray());
        }
        return rows;
    }

    private static Baseline fit(List<double[]> rows, int[] truth) {
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
                double error = ofScaled(x) - truth.get(i);
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

    private double probability(double[] row) {
        return ofScaled(scaled(row));
    }

    private double ofScaled(double[] x) {
        double sum = weights[x.length];
        for (int j = 0; j < x.length; j++) {
            sum += weights[j] * x[j];
        }
        return Math.max(1e-12, Math.min(1 - 1e-12, 1 / (1 + Math.exp(-sum))));
    }
}
