package io.foretide.network;

import io.foretide.evaluation.Backtest;
import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Baseline;
import io.foretide.evaluation.Measures;
import io.foretide.evaluation.NetworkForecaster;
import io.foretide.series.Covariates;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What each part of the method is worth: trainings with one of them switched off, scored on the last horizon of each series. */
public final class Ablations {
    /** What becomes of what was chosen. */
    private record Variant(
            UnaryOperator<Settings> settings,
            UnaryOperator<Smoothing> smoothing,
            UnaryOperator<Calibration> calibration) {
        Variant(UnaryOperator<Smoothing> smoothing, UnaryOperator<Calibration> calibration) {
            this(UnaryOperator.identity(), smoothing, calibration);
        }
    }

    private static final UnaryOperator<Smoothing> SAME = smoothing -> smoothing;

    private static final Map<String, Variant> VARIANTS = new LinkedHashMap<>();

    static {
        VARIANTS.put("all parts", new Variant(SAME, one -> one));
        VARIANTS.put("no network", new Variant(SAME, one -> new Calibration(0, one.stretches(), true)));
        VARIANTS.put("all of the network", new Variant(SAME, one -> new Calibration(1, one.stretches(), true)));
        VARIANTS.put("no calibration", new Variant(SAME, one -> Calibration.none(one.stretches().length, one.stretches()[0].length)));
        VARIANTS.put("no adaptation", new Variant(SAME, one -> new Calibration(one.share(), one.stretches(), false)));
        VARIANTS.put("no calendar", new Variant(one -> new Settings(one.forecast(), one.network(), one.training()), SAME, one -> one));
        VARIANTS.put("one level rate", new Variant(one -> with(one, one.seasonLengths(), List.of(0.4), one.profileRates(), one.trend()), one -> one));
        VARIANTS.put("two profile rates", new Variant(one -> with(one, one.seasonLengths(), one.levelRates(), List.of(0.05, 0.2), one.trend()), one -> one));
        VARIANTS.put("no season", new Variant(one -> with(one, List.of(), one.levelRates(), one.profileRates(), one.trend()), one -> one));
        VARIANTS.put("no trend", new Variant(one -> with(one, one.seasonLengths(), one.levelRates(), one.profileRates(), 0), one -> one));
    }

    private Ablations() {}

    private static Smoothing with(
            Smoothing of, List<Integer> seasons, List<Double> levelRates, List<Double> profileRates, double trend) {
        return new Smoothing(
                of.anchoring(),
                of.scaling(),
                seasons,
                levelRates,
                profileRates,
                trend,
                of.relativeScale(),
                of.typicalScale(),
                of.nonNegative());
    }

    /** Series of one frequency and horizon. */
    private record Group(String frequency, int horizon, List<TimeSeries> series) {}

    /** usage: Ablations FOLDER SET,SET,… SEED */
    public static void main(String[] arguments) throws IOException {
        String[] sets = arguments[1].split(",");
        long seed = Long.parseLong(arguments[2]);
        System.out.printf("%-20s%-22s%8s%10s%8s%8s%8s%8s%n", "", "set", "MASE", "relative", "WQL", "80 %", "95 %", "seconds");
        for (var variant : VARIANTS.entrySet()) {
            double logs = 0, wqlLogs = 0;
            for (String set : sets) {
                Scores scores = new Scores();
                for (Group group : read(Path.of(arguments[0], "forecast", set + ".jsonl.gz"))) {
                    scores.add(group, variant.getValue(), seed);
                }
                System.out.printf("%-20s%-22s%s%n", variant.getKey(), set, scores);
                logs += Math.log(scores.mase / scores.naiveMase);
                wqlLogs += Math.log(scores.wql / scores.naiveWql);
            }
            System.out.printf(
                    "%-20s%-22s%8s%10.4f%8.4f%n%n",
                    variant.getKey(), "geometric mean", "", Math.exp(logs / sets.length), Math.exp(wqlLogs / sets.length));
        }
    }

    /** Sums over groups, weighed by their series. */
    private static final class Scores {
        private double series, mase, naiveMase, wql, naiveWql, coverage80, coverage95, seconds;

        void add(Group group, Variant variant, long seed) {
            long start = System.nanoTime();
            Predictor predictor = train(group, variant, seed);
            seconds += (System.nanoTime() - start) / 1e9;
            int season = Frequency.parse(group.frequency()).seasonLength();
            var plan = new Backtest.Plan(group.horizon(), 1, group.horizon(), season);
            BacktestReport report =
                    Backtest.run(new NetworkForecaster(predictor), group.series(), plan, (_, _) -> false);
            Measures model = report.model(), naive = report.baseline(Baseline.SEASONAL_NAIVE);
            int count = group.series().size();
            series += count;
            mase += count * model.maseOfMedian();
            naiveMase += count * naive.maseOfMedian();
            wql += count * model.wql();
            naiveWql += count * naive.wql();
            coverage80 += count * model.coverage80();
            coverage95 += count * model.coverage95();
        }

        @Override
        public String toString() {
            return "%8.3f%10.4f%8.4f%8.3f%8.3f%8.1f".formatted(
                    mase / series, mase / naiveMase, wql / naiveWql, coverage80 / series, coverage95 / series, seconds);
        }
    }

    private static Predictor train(Group group, Variant variant, long seed) {
        List<TimeSeries> past = group.series().stream()
                .map(one -> one.knownAt(one.length() - group.horizon(), 0))
                .filter(one -> one.length() > 1)
                .toList();
        Plan.Planned planned = Plan.complete(
                past,
                new ForecastOptions(group.horizon(), null, null, null, null, null, null),
                NetworkOptions.NONE,
                new TrainingOptions(null, null, null, null, null, null, null, null, null, seed, null));
        var varied = new Plan.Planned(
                variant.settings().apply(planned.settings()), planned.seasonLengths(), planned.chosen(), planned.parent());
        Predictor trained = new TrainingRun(
                        past, varied, TrainingMonitor.SILENT, TrainingResources.OF_THIS_MACHINE, variant.smoothing())
                .train()
                .predictor();
        var head = (QuantileHead) trained.head();
        return new Predictor(
                trained.settings(),
                trained.smoothing(),
                trained.members(),
                new QuantileHead(head.levels(), variant.calibration().apply(head.calibration())),
                trained.seen());
    }

    private static List<Group> read(Path file) throws IOException {
        var json = JsonMapper.shared();
        Map<String, Group> groups = new TreeMap<>();
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode item = json.readTree(line);
                String frequency = item.get("freq").asString();
                int horizon = item.get("horizon").asInt();
                groups.computeIfAbsent(frequency + horizon, _ -> new Group(frequency, horizon, new ArrayList<>()))
                        .series()
                        .add(series(item, frequency));
            }
        }
        return List.copyOf(groups.values());
    }

    private static TimeSeries series(JsonNode item, String frequency) {
        double[] target = new double[item.get("target").size()];
        Arrays.setAll(target, i -> item.get("target").get(i).asDouble(Double.NaN));
        var start = LocalDate.parse(item.get("start").asString().substring(0, 10)).atStartOfDay(ZoneOffset.UTC);
        var timeline = new Timeline(start, Frequency.parse(frequency), TimeStyle.DATE);
        return new TimeSeries(item.get("item_id").asString(), timeline, target, Covariates.NONE);
    }
}
