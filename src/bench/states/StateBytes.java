import io.foretide.network.CellType;
import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.PackedStates;
import io.foretide.network.Predictor;
import io.foretide.network.State;
import io.foretide.network.TrainingMonitor;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.network.UnreadableStateException;
import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/** How many bytes a kept walk takes, by how often its series is observed. */
public final class StateBytes {
    private static final int UNITS = 64;

    /** @param seasons lengths of what repeats, in steps */
    private record Kind(String name, String frequency, List<Integer> seasons) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("monthly", "MS", List.of(12)),
            new Kind("daily", "D", List.of(7)),
            new Kind("hourly", "h", List.of(24, 168)),
            new Kind("half-hourly", "30min", List.of(48, 336)));

    private StateBytes() {}

    public static void main(String[] arguments) throws UnreadableStateException {
        List<String> rows = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (int members : new int[] {1, 3}) {
                rows.add(row(kind, members));
            }
        }
        System.out.println();
        System.out.println("| observations | seasons | members | h and c | packed state | before two of the longest seasons are over |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        rows.forEach(System.out::println);
    }

    private static String row(Kind kind, int members) throws UnreadableStateException {
        TimeSeries series = series(kind);
        Predictor predictor = trained(series, members);
        var packing = new PackedStates(predictor);
        State state = predictor.initialState(), unpacked = predictor.initialState();
        int first = packing.pack(state).length;
        for (double observation : series.target()) {
            predictor.observe(state, observation);
        }
        byte[] packed = packing.pack(state);
        packing.unpack(packed, unpacked);
        if (!unpacked.sameAs(state)) {
            throw new IllegalStateException("a packed state is another one");
        }
        return "| %s | %s | %d | %,d | %,d | %,d |".formatted(
                kind.name(),
                predictor.smoothing().seasonLengths().toString().replaceAll("[\\[\\]]", ""),
                members,
                2 * UNITS * Float.BYTES * members,
                packed.length,
                first);
    }

    /** Four of the longest seasons. */
    private static TimeSeries series(Kind kind) {
        double[] target = new double[Math.max(120, 4 * kind.seasons().getLast())];
        for (int step = 0; step < target.length; step++) {
            target[step] = 100 + step * 31 % 7;
            for (int season : kind.seasons()) {
                target[step] += 20 * Math.sin(2 * Math.PI * step / season) + (step % season == 0 ? 9 : 0);
            }
        }
        var start = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        var timeline = new Timeline(start, Frequency.parse(kind.frequency()), TimeStyle.LOCAL);
        return new TimeSeries(kind.name(), timeline, target, Covariates.NONE);
    }

    /** As shortly as may be: the size of a state does not depend on how well its network was trained. */
    private static Predictor trained(TimeSeries series, int members) {
        var network = new NetworkOptions(CellType.LSTM, UNITS, 1, null, null, null, members);
        var training = new TrainingOptions(1, 4, null, null, null, null, null, null, null, null, null);
        var forecast = new ForecastOptions(12, null, null, null, null, null, null);
        return new NetworkTrainer(TrainingResources.OF_THIS_MACHINE)
                .train(List.of(series), forecast, network, training, TrainingMonitor.SILENT)
                .predictor();
    }
}
