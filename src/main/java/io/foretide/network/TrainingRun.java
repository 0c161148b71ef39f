package io.foretide.network;

import io.foretide.series.TimeSeries;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One run of a training: smooths the series, trains each member on windows of them, and calibrates what they say together. */
final class TrainingRun {
    private final List<TimeSeries> series;
    private final Plan.Planned planned;
    private final Settings settings;
    private final TrainingMonitor monitor;
    private final TrainingResources resources;
    private final List<Split> splits;
    private final Smoothing smoothing;
    private final Windows windows;
    private final HeldOutErrors validation;
    private final Seen seen;
    private final TrainingFingerprint fingerprint;

    TrainingRun(List<TimeSeries> series, Plan.Planned planned, TrainingMonitor monitor, TrainingResources resources) {
        this(series, planned, monitor, resources, UnaryOperator.identity());
    }

    /** With what becomes of the smoothing that is chosen. */
    TrainingRun(
            List<TimeSeries> series,
            Plan.Planned planned,
            TrainingMonitor monitor,
            TrainingResources resources,
            UnaryOperator<Smoothing> adjusted) {
        this.series = series;
        this.planned = planned;
        this.settings = planned.settings();
        this.monitor = monitor;
        this.resources = resources;
        this.splits = Split.of(series, settings.forecast(), settings.training());
        this.smoothing = adjusted.apply(SmoothingFit.of(planned, series, splits, monitor::outOfTimeToPrepare));
        this.windows = new Windows(series, splits, settings, new Smoother(smoothing));
        this.validation = HeldOutErrors.ofValidation(series, splits).until(monitor::outOfTimeToMeasure);
        this.seen = Continuation.seen(planned, Seen.of(series, splits));
        this.fingerprint = TrainingFingerprint.of(series, planned, smoothing);
    }

    TrainedNetwork train() {
        TrainingSettings training = settings.training();
        monitor.planned(
                settings, (long) training.batchSize() * settings.forecast().context(), validation.steps());
        MemberTraining.Outcome outcome =
                new MemberTraining(training, settings.network().members(), fingerprint, monitor, this::learner).train();
        Predictor together = together(outcome.members());
        Predictor trained = isUnproven() ? withoutNetwork(together) : calibrated(together);
        return new TrainedNetwork(
                trained,
                Artifact.write(trained),
                planned.chosen(),
                outcome.losses(),
                outcome.trained(),
                outcome.stoppedBy());
    }

    private ForecastLearner learner(int member, Checkpoint.@Nullable Progress progress) {
        Settings own = settings.ofMember(member);
        boolean decays = planned.chosen().contains("training.learning_rate");
        long steps = (long) own.training().epochs() * windows.batchesPerEpoch();
        Weights initial =
                progress == null ? initialWeights(own, member) : WeightsFormat.weights(own, progress.parameters());
        var training = new DirectTraining(own, initial, decays ? steps : 0, resources.threads());
        if (progress != null) {
            training.resume(progress);
        }
        boolean first = member == 0 && progress == null;
        return new ForecastLearner(
                own.training(),
                windows,
                training,
                weights -> validationLoss(own, weights),
                () -> first && monitor.outOfTimeToPrepare());
    }

    private Weights initialWeights(Settings own, int member) {
        Predictor parent = planned.parent();
        if (parent != null) {
            return parent.members().get(member);
        }
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return DeepNetwork.initialWeights(own);
    }

    private @Nullable Double validationLoss(Settings own, Weights weights) {
        return validation.isEmpty() ? null : validation.loss(predictor(own, List.of(weights)));
    }

    private Predictor predictor(Settings own, List<Weights> weights) {
        return new Predictor(own, smoothing, weights, Head.of(own.forecast()), seen);
    }

    /** All members, which are fewer than were asked for where the time was up. */
    private Predictor together(List<float[]> members) {
        return predictor(
                settings.withMembers(members.size()),
                members.stream()
                        .map(parameters -> WeightsFormat.weights(settings, parameters))
                        .toList());
    }

    /** Whether something was to be held out, and no series was long enough: all that the network says is then learned by heart. */
    private boolean isUnproven() {
        return validation.isEmpty()
                && settings.training().validationSplit() > 0
                && settings.forecast().loss() == Loss.QUANTILE
                && smoothing.anchoring() == Anchoring.AUTO;
    }

    private Predictor withoutNetwork(Predictor trained) {
        ForecastSettings forecast = settings.forecast();
        var anchor = AnchorErrors.of(trained.smoother(), series, splits, forecast.horizon());
        var calibration = new Calibration(
                0,
                Calibration.none(forecast.horizon(), forecast.quantiles().size())
                        .stretches(),
                true);
        return new Predictor(
                trained.settings(),
                smoothing,
                trained.members().stream()
                        .map(weights -> anchor.instead(weights, forecast))
                        .toList(),
                new QuantileHead(forecast.quantiles(), calibration),
                seen);
    }

    private Predictor calibrated(Predictor trained) {
        Head head = switch (trained.head()) {
            case MeanHead _ -> new MeanHead(errors().deviations(trained));
            case QuantileHead quantiles -> new QuantileHead(quantiles.levels(), Calibration.of(trained, validation));
            case CountHead counts -> counts;
        };
        return new Predictor(trained.settings(), smoothing, trained.members(), head, seen);
    }

    private HeldOutErrors errors() {
        return validation.isEmpty()
                ? HeldOutErrors.ofTraining(series, splits, settings.forecast().horizon())
                        .until(monitor::outOfTimeToMeasure)
                : validation;
    }
}
