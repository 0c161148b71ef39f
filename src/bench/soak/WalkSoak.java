import com.sun.management.ThreadMXBean;
import io.foretide.network.Artifact;
import io.foretide.network.Predictor;
import io.foretide.network.State;
import io.foretide.series.QuantileLevel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks a version that a service has trained, by the code that the service answers with: half of the steps on one state that is
 * kept from the first to the last, half in batches of series from fresh states.
 */
final class WalkSoak {
    private static final int INTERVALS = 50;
    private static final int SERIES = 64;
    private static final double MIB = 1 << 20;
    private static final List<QuantileLevel> LEVELS =
            List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN, new QuantileLevel(0.9));

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WalkSoak() {}

    static Table run(SoakBench.Options options) throws Exception {
        Predictor predictor = Artifact.read(trained());
        int half = Math.toIntExact(options.steps() / INTERVALS / 2);
        List<String> about = new ArrayList<>(options.about());
        about.add("steps     " + 2L * half * INTERVALS + ", half on one kept state, half in batches of " + SERIES
                + " series; an LSTM of 64 units");
        var table = new Table(about, List.of(
                new Table.Column("thousand steps", Double.POSITIVE_INFINITY),
                new Table.Column("live heap, MiB", 0.5),
                new Table.Column("resident, MiB", 8),
                // Of this none at all, once the loop is compiled.
                new Table.Column("kept, bytes/step", 0),
                new Table.Column("batch, bytes/step", 4)));
        State kept = predictor.initialState();
        for (int interval = 1; interval <= INTERVALS; interval++) {
            double keptBytes = walkOn(predictor, kept, half);
            double batchBytes = walkTogether(predictor, half);
            table.add(2.0 * half * interval / 1000, liveHeap(), resident(), keptBytes / half, batchBytes / half);
        }
        table.print("the kept state has walked " + kept.steps() + " steps");
        return table;
    }

    /** The artifact of a version that a service trains here and now. */
    private static byte[] trained() throws Exception {
        try (var service = Service.start()) {
            Service.Answer job = service.train("soak", "lstm", 64);
            if (!job.member("state").equals("succeeded")) {
                throw new IllegalStateException("training failed: " + job.text());
            }
            return service.get("/api/v1/models/soak/versions/1/artifact").body();
        }
    }

    private static double value(long step) {
        return step % 37 == 5 ? Double.NaN : 100 + 20 * Math.sin(step * Math.PI / 6) + step * 31 % 17;
    }

    private static double walkOn(Predictor predictor, State state, int steps) {
        long before = allocated();
        for (int i = 0; i < steps; i++) {
            predictor.observe(state, value(state.steps()));
        }
        long after = allocated();
        predictor.forecast(state, 24, LEVELS); // fails where a number is not finite
        return after - before;
    }

    private static double walkTogether(Predictor predictor, int steps) {
        List<double[]> targets = new ArrayList<>();
        int left = steps;
        for (int i = 0; i < SERIES; i++) {
            int length = i == SERIES - 1 ? left : steps / SERIES - SERIES / 2 + i; // of different lengths
            left -= length;
            double[] target = new double[length];
            for (int step = 0; step < length; step++) {
                target[step] = value(step + i);
            }
            targets.add(target);
        }
        long before = allocated();
        predictor.predict(targets, 24, LEVELS);
        return allocated() - before;
    }

    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static double liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    private static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}
