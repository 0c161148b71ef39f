import io.foretide.classification.Classifier;
import io.foretide.classification.ClassifierArtifact;
import io.foretide.classification.Sequence;
import io.foretide.classification.Values;
import io.foretide.kernel.BatchStepper;
import io.foretide.kernel.Cell;
import io.foretide.kernel.CellState;
import io.foretide.network.NetworkSettings;
import io.foretide.network.RecurrentCore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sequences a second: over HTTP in one request, by the library alone with one thread, and as many as the engine's recurrent
 * steps alone would allow. Medians of some rounds.
 */
final class Throughput {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MODEL = "throughput";
    private static final int SEQUENCES = 10_000, STEPS = 100, ROUNDS = 5, TOGETHER = 64;

    private Throughput() {}

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    static ObjectNode measure(Service service) throws IOException, InterruptedException {
        Service.Version version = service.train(MODEL, sequences(200, 1), 1);
        List<ObjectNode> some = sequences(SEQUENCES, 2);
        ObjectNode body = JSON.createObjectNode();
        body.putArray("sequences").addAll(some);
        byte[] json = JSON.writeValueAsBytes(body);
        double http = seconds(() -> service.post("/api/v1/models/" + MODEL + "/predict", json));
        Classifier classifier = ClassifierArtifact.read(
                service.bytes("/api/v1/models/%s/versions/%d/artifact".formatted(MODEL, version.number())));
        List<Sequence> values = some.stream().map(Throughput::values).toList();
        double library = seconds(() -> classifier.classify(values));
        NetworkSettings network = classifier.settings().network();
        double steps = secondsOfSteps(network);
        return JSON.createObjectNode()
                .put("over_http", SEQUENCES / http)
                .put("library", SEQUENCES / library)
                .put("recurrent_steps", SEQUENCES / steps)
                .put("steps_a_second", (double) SEQUENCES * STEPS * network.members() / steps)
                .put("network", network.toString());
    }

    static void print(JsonNode row) {
        System.out.printf(
                "%n%d sequences of %d steps, sequences a second: %,.0f over HTTP in one request, %,.0f by the library on one thread, %,.0f if there were the recurrent steps alone (%,.0f steps of a network a second)%n",
                SEQUENCES,
                STEPS,
                row.path("over_http").asDouble(),
                row.path("library").asDouble(),
                row.path("recurrent_steps").asDouble(),
                row.path("steps_a_second").asDouble());
    }

    private static double seconds(Work work) throws IOException, InterruptedException {
        double[] rounds = new double[ROUNDS];
        work.run();
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            work.run();
            rounds[i] = (System.nanoTime() - begun) / 1e9;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    /** What the layers of all members take for as many steps, in batches as a classifier makes them. */
    private static double secondsOfSteps(NetworkSettings network) throws IOException, InterruptedException {
        var core = new RecurrentCore(network, 1, 1);
        List<Cell> layers = core.layers(core.initial(1), 0);
        float[] inputs = new float[TOGETHER * network.units()];
        return seconds(() -> {
            for (int batch = 0; batch < network.members() * SEQUENCES / TOGETHER; batch++) {
                for (Cell layer : layers) {
                    var stepper = new BatchStepper(layer, TOGETHER);
                    var states = new CellState[TOGETHER];
                    Arrays.setAll(states, _ -> layer.initialState());
                    for (int step = 0; step < STEPS; step++) {
                        stepper.step(inputs, network.units(), states, TOGETHER);
                    }
                }
            }
        });
    }

    /** Waves of two frequencies with noise. */
    private static List<ObjectNode> sequences(int count, long seed) {
        var random = new Random(seed);
        List<ObjectNode> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double phase = 6 * random.nextDouble(), frequency = i % 2 == 0 ? 0.5 : 0.7;
            ObjectNode sequence =
                    JSON.createObjectNode().put("id", "s" + i).put("label", i % 2 == 0 ? "slow" : "fast");
            ArrayNode values = sequence.putArray("values");
            for (int step = 0; step < STEPS; step++) {
                double value = Math.sin(phase + frequency * step) + random.nextGaussian();
                values.add(Math.rint(1000 * value) / 1000);
            }
            sequences.add(sequence);
        }
        return sequences;
    }

    private static Sequence values(ObjectNode sequence) {
        double[] values = new double[STEPS];
        Arrays.setAll(values, step -> sequence.path("values").get(step).asDouble());
        return Values.of(values);
    }
}
