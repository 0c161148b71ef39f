import io.foretide.classification.ClassificationMeasures;
import io.foretide.classification.ClassifierTrainer;
import io.foretide.classification.ClassifyOptions;
import io.foretide.classification.LabelledSequence;
import io.foretide.classification.Sequence;
import io.foretide.classification.Text;
import io.foretide.classification.TrainedClassifier;
import io.foretide.classification.Values;
import io.foretide.network.EpochLoss;
import io.foretide.network.NetworkOptions;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trains classifiers with defaults on labelled sets, and prints how good they are on sequences that they never saw. */
final class ClassifyBench {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WEATHER_TEST_FROM = "2013-07-01";

    private record Data(List<LabelledSequence> train, List<LabelledSequence> test) {}

    private ClassifyBench() {}

    /** @param args the folder of the sets, how many seeds, and names of sets */
    public static void main(String[] args) throws IOException {
        System.out.println("| set | seed | accuracy | AUC | Brier | calibration error | log loss | held out | seconds |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (int i = 2; i < args.length; i++) {
            Data data = read(Path.of(args[0]), args[i]);
            double sum = 0;
            int seeds = Integer.parseInt(args[1]);
            for (int seed = 1; seed <= seeds; seed++) {
                sum += run(args[i], data, seed);
            }
            System.out.printf(Locale.ROOT, "| %s | mean | %.4f | | | | | | |%n", args[i], sum / seeds);
            if (args[i].startsWith("weather")) {
                baseline(data);
            }
        }
        System.exit(0);
    }

    private static double run(String name, Data data, long seed) {
        long begun = System.nanoTime();
        var training = new TrainingOptions(null, null, null, null, null, null, null, null, null, seed, null);
        TrainedClassifier trained = new ClassifierTrainer(new TrainingResources(Integer.getInteger("threads", 1), 4L << 30))
                .train(data.train(), ClassifyOptions.NONE, NetworkOptions.NONE, training, monitor());
        double seconds = (System.nanoTime() - begun) / 1e9;
        var measures = ClassificationMeasures.of(trained.classifier(), data.test());
        var heldOut = ClassificationMeasures.of(trained.classifier(), trained.heldOut().of(data.train()));
        print(name, String.valueOf(seed), measures, heldOut.accuracy(), seconds);
        if (Boolean.getBoolean("verbose")) {
            System.out.println(trained.classifier().settings() + " " + trained.members() + " "
                    + trained.classifier().streamsInConstantTime() + " " + trained.artifact().length);
        }
        return measures.accuracy();
    }

    private static TrainingMonitor monitor() {
        return new TrainingMonitor() {
            @Override
            public void epochFinished(EpochLoss loss, int epochs) {
                if (Boolean.getBoolean("epochs")) {
                    System.out.println(loss + " of " + epochs);
                }
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }

    private static void print(String name, String seed, ClassificationMeasures measures, double heldOut, double seconds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.4f | %s | %.4f | %.4f | %.4f | %.3f | %.0f |%n",
                name,
                seed,
                measures.accuracy(),
                measures.auc() == null ? "" : String.format(Locale.ROOT, "%.4f", measures.auc()),
                measures.brier(),
                measures.calibrationError(),
                measures.logLoss(),
                heldOut,
                seconds);
    }

    private static void baseline(Data data) {
        List<double[]> rows = data.train().stream().map(ClassifyBench::row).toList();
        int[] truth = data.train().stream().mapToInt(one -> "yes".equals(one.label()) ? 1 : 0).toArray();
        Baseline baseline = Baseline.fit(rows, truth);
        double brier = 0, right = 0, pairs = 0, ordered = 0;
        double[] p = data.test().stream().mapToDouble(one -> baseline.probability(row(one))).toArray();
        for (int i = 0; i < p.length; i++) {
            boolean yes = "yes".equals(data.test().get(i).label());
            brier += Math.pow(p[i] - (yes ? 1 : 0), 2);
            right += p[i] > 0.5 == yes ? 1 : 0;
            for (int j = 0; yes && j < p.length; j++) {
                if (!"yes".equals(data.test().get(j).label())) {
                    pairs++;
                    ordered += p[i] > p[j] ? 1 : p[i] == p[j] ? 0.5 : 0;
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "| logistic regression | | %.4f | %.4f | %.4f | | | | |%n",
                right / p.length,
                ordered / pairs,
                brier / p.length);
    }

    private static double[] row(LabelledSequence one) {
        Values values = (Values) one.content();
        double[] row = new double[values.steps() * values.channels()];
        for (int i = 0; i < row.length; i++) {
            row[i] = values.at(i / values.channels(), i % values.channels());
        }
        return row;
    }

    private static Data read(Path folder, String name) throws IOException {
        List<LabelledSequence> train = new ArrayList<>(), test = new ArrayList<>();
        try (var in = new GZIPInputStream(Files.newInputStream(folder.resolve(name + ".jsonl.gz")))) {
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).split("\n")) {
                JsonNode node = JSON.readTree(line);
                String id = node.get("id").asString();
                var sequence = new LabelledSequence(id, node.get("label").asString(), content(node));
                boolean weather = name.startsWith("weather");
                boolean trains = weather
                        ? id.substring(id.length() - 10).compareTo(WEATHER_TEST_FROM) < 0
                        : node.get("split").asString().equals("train");
                (trains ? train : test).add(sequence);
            }
        }
        return new Data(train, test);
    }

    private static Sequence content(JsonNode node) {
        if (node.has("text")) {
            return new Text(node.get("text").asString());
        }
        JsonNode values = node.get("values");
        double[][] steps = new double[values.size()][];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new double[values.get(i).size()];
            for (int j = 0; j < steps[i].length; j++) {
                JsonNode value = values.get(i).get(j);
                steps[i][j] = value.isNull() || value.isString() ? Double.NaN : value.asDouble();
            }
        }
        return Values.of(steps);
    }
}
