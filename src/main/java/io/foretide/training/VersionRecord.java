package io.foretide.training;

import io.foretide.audit.AuditSummary;
import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Baseline;
import io.foretide.evaluation.Comparison;
import io.foretide.evaluation.Measures;
import io.foretide.network.EpochLoss;
import io.foretide.network.Settings;
import io.foretide.network.Smoothing;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.series.TimeSeries;
import io.foretide.series.Timeline;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a version came about: from what, by what, and how good it is. Stored with the version, and never changed.
 *
 * @param settings what it was trained with
 * @param smoothing how level, profile and scale follow a series, chosen for the data
 * @param networkShare how much of what the network adds to the anchor counts, learned on held-out values: 1 is all of it, 0 says
 *     that the anchor alone forecast as well
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param audit what was odd with the series as they were sent, and what was repaired; none where it was imported
 * @param parent the version whose parameters the training started from; none
 * @param promotion whether it became the champion when it was trained; none where it was imported
 * @param members how the training of each network behind the version went; epochs are counted through all of them
 * @param job the job that trained it; none where it was imported
 */
record VersionRecord(
        String description,
        Map<String, String> tags,
        @Nullable String frequency,
        int horizon,
        List<String> features,
        Settings settings,
        Smoothing smoothing,
        double networkShare,
        List<String> chosen,
        long seed,
        Data data,
        @Nullable AuditSummary audit,
        @Nullable Integer parent,
        Measured measures,
        @Nullable Promotion promotion,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        @Nullable Run job,
        String codeVersion) {

    /** All that is known of a version here, and does not travel with its artifact, such as names and values of series. */
    record Local(
            String description,
            Map<String, String> tags,
            @Nullable AuditSummary audit,
            @Nullable Promotion promotion,
            @Nullable Run job) {
        static final Local NONE = new Local("", Map.of(), null, null, null);
    }

    static VersionRecord of(TrainingRecord training, TrainedModel.Method method, Local local) {
        return new VersionRecord(
                local.description(),
                local.tags(),
                training.frequency(),
                method.settings().forecast().horizon(),
                training.features(),
                method.settings(),
                method.smoothing(),
                method.networkShare(),
                training.chosen(),
                method.settings().training().seed(),
                training.data(),
                local.audit(),
                null,
                training.measures(),
                local.promotion(),
                training.members(),
                training.stoppedBy(),
                training.losses(),
                local.job(),
                training.codeVersion());
    }

    /**
     * What it was trained on.
     *
     * @param observations the values that are not missing
     * @param start the earliest time of a step, where the series have times
     * @param end the latest time of a step, where the series have times
     */
    record Data(
            String sha256,
            int series,
            long observations,
            @Nullable String start,
            @Nullable String end) {
        private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

        Data {
            if (!SHA_256.matcher(sha256).matches() || series < 0 || observations < 0) {
                throw new IllegalArgumentException(
                        "data must have a SHA-256 in hexadecimal digits, and counts that are not negative");
            }
        }

        static Data of(List<TimeSeries> series, String sha256) {
            long observations = series.stream()
                    .flatMapToDouble(one -> Arrays.stream(one.target()))
                    .filter(value -> !Double.isNaN(value))
                    .count();
            return new Data(
                    sha256,
                    series.size(),
                    observations,
                    times(series, 0).min(EARLIEST).map(Time::label).orElse(null),
                    times(series, -1).max(EARLIEST).map(Time::label).orElse(null));
        }

        private static final Comparator<Time> EARLIEST = Comparator.comparing(Time::instant);

        private record Time(Instant instant, String label) {}

        /** The time of one step of each series; those before 0 count from the end. */
        private static Stream<Time> times(List<TimeSeries> series, int step) {
            return series.stream().filter(one -> one.length() > 0).flatMap(one -> {
                Timeline timeline = one.timeline();
                int index = step < 0 ? one.length() + step : step;
                return timeline == null
                        ? Stream.empty()
                        : Stream.of(new Time(timeline.timeOf(index).toInstant(), timeline.labelOf(index)));
            });
        }
    }

    /**
     * How good it is on the held-out end of the series, beside the simple forecasts.
     *
     * @param reason why nothing could be measured
     */
    record Measured(
            int windows,
            @Nullable Integer seasonLength,
            @Nullable Measures model,
            @Nullable Measures naive,
            @Nullable Measures seasonalNaive,
            @Nullable Measures drift,
            @Nullable Measures ses,
            @Nullable Measures theta,
            @Nullable String reason) {
        static Measured of(BacktestReport report, double validationSplit) {
            if (report.windows() > 0) {
                return new Measured(
                        report.windows(),
                        report.seasonLength(),
                        report.model(),
                        report.baseline(Baseline.NAIVE),
                        report.baseline(Baseline.SEASONAL_NAIVE),
                        report.baseline(Baseline.DRIFT),
                        report.baseline(Baseline.SES),
                        report.baseline(Baseline.THETA),
                        null);
            }
            String reason = validationSplit == 0
                    ? "validation_split is 0: the training saw everything"
                    : "no series is long enough to hold out a horizon";
            return new Measured(0, null, null, null, null, null, null, null, reason);
        }
    }

    /**
     * Whether it became the champion, and why.
     *
     * @param champion the champion before
     * @param windows the windows on which the two were compared
     * @param wql the weighted quantile loss of this version on them
     * @param championWql the weighted quantile loss of the champion on them
     */
    record Promotion(
            String decision,
            String reason,
            @Nullable Integer champion,
            @Nullable Integer windows,
            @Nullable Double wql,
            @Nullable Double championWql) {
        static Promotion of(PromotionDecision decision) {
            String outcome = decision.promoted() ? "promoted" : "not_promoted";
            Comparison comparison = decision.comparison();
            if (comparison == null) {
                return new Promotion(outcome, decision.reason(), decision.champion(), null, null, null);
            }
            return new Promotion(
                    outcome,
                    decision.reason(),
                    decision.champion(),
                    comparison.windows(),
                    finite(comparison.challenger()),
                    finite(comparison.champion()));
        }

        private static @Nullable Double finite(double value) {
            return Double.isFinite(value) ? value : null;
        }
    }

    /** The job that trained it. */
    record Run(int attempts) {}
}
