package io.foretide.training;

import static java.util.Objects.requireNonNull;

import io.foretide.evaluation.BacktestReport;
import io.foretide.evaluation.Baseline;
import io.foretide.evaluation.Measures;
import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import io.foretide.registry.Task;
import io.foretide.series.Frequency;
import io.foretide.series.TimeSeries;
import io.foretide.series.Timeline;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the training of a model that forecasts went.
 *
 * @param features what the network reads
 */
record ForecastRecord(
        Task task,
        @Nullable String frequency,
        List<String> features,
        List<String> chosen,
        @Nullable String parent,
        Data data,
        Measured measures,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<EpochLoss> losses,
        String codeVersion)
        implements TrainingRecord {

    ForecastRecord {
        requireNonNull(data, "data");
        requireNonNull(measures, "measures");
        requireNonNull(stoppedBy, "stoppedBy");
        requireNonNull(codeVersion, "codeVersion");
        features = List.copyOf(features);
        chosen = List.copyOf(chosen);
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        if (frequency != null) {
            Frequency.parse(frequency); // predictions will
        }
        TrainingRecord.require(Task.FORECAST, task, parent, members, losses);
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
        /** @param reason why there may be none */
        static Measured of(BacktestReport report, String reason) {
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
            return new Measured(0, null, null, null, null, null, null, null, reason);
        }
    }
}
