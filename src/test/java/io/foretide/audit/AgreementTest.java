package io.foretide.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.network.ForecastOptions;
import io.foretide.network.NetworkOptions;
import io.foretide.network.NetworkTrainer;
import io.foretide.network.TrainingOptions;
import io.foretide.network.TrainingResources;
import io.foretide.problem.ProblemException;
import io.foretide.series.SentSeries;
import io.foretide.series.SentSeriesReader;
import io.foretide.series.SeriesDefaults;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.TimeSeries;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An audit finds what is refused where a training refuses, and nowhere else. */
class AgreementTest {
    private static final SeriesLimits LIMITS = new SeriesLimits(100, 10_000, 5, 64);
    private static final int HORIZON = 2;

    /** Without an end that is held out, in which the only values may be. */
    private static final TrainingOptions ON_ALL =
            new TrainingOptions(null, null, null, null, null, null, null, null, 0.0, null, null);

    private static final String[] FREQUENCIES = {"h", "D", "B", "W", "M", "30min"};
    private static final String[] ODD_VALUES = {"", "NaN", "1e15", "1.1e15", "-1e300", "Infinity", "1e999"};

    private static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatATrainingRefuses(long seed) {
        Random random = new Random(seed);
        String body = body(random);
        SeriesDefaults defaults = SeriesDefaults.parse(
                random.nextBoolean() ? null : any(random, FREQUENCIES), random.nextBoolean() ? null : "Europe/Berlin");

        boolean refused = isRefused(body, defaults);
        AuditReport report = audit(body, defaults);

        assertThat(report.trainable()).as("%s%n%s", report.findings(), body).isEqualTo(!refused);
    }

    private static boolean isRefused(String body, SeriesDefaults defaults) {
        var forecast = new ForecastOptions(HORIZON, null, null, null, null, null, null);
        try {
            List<TimeSeries> series = new SeriesReader(LIMITS).readCsv(stream(body), defaults);
            new NetworkTrainer(TrainingResources.OF_THIS_MACHINE).check(series, forecast, NetworkOptions.NONE, ON_ALL);
            return false;
        } catch (ProblemException e) {
            return true;
        }
    }

    private static AuditReport audit(String body, SeriesDefaults defaults) {
        List<SentSeries> series = new SentSeriesReader(LIMITS).readCsv(stream(body), defaults);
        return new Audit(new AuditProperties(1000, 20), LIMITS).audit(series, new AuditRequest(HORIZON, null));
    }

    private static ByteArrayInputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String any(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Rows on one grid, with a fault or two in half of the bodies; local times cross a night without 02:30. */
    private static String body(Random random) {
        List<LocalDateTime> times = times(random);
        List<String> values = new ArrayList<>();
        times.forEach(_ -> values.add(String.valueOf(random.nextInt(9))));
        for (int faults = random.nextInt(2) * (1 + random.nextInt(2)); faults > 0; faults--) {
            int place = random.nextInt(times.size());
            switch (random.nextInt(5)) {
                case 0 -> Collections.swap(times, place, random.nextInt(times.size()));
                case 1 -> times.set(place, times.get(random.nextInt(times.size())));
                case 2 -> times.set(place, times.get(place).plusMinutes(random.nextInt(90)));
                case 3 -> times.remove(place);
                default -> values.set(place, any(random, ODD_VALUES));
            }
            if (times.isEmpty()) {
                times.add(LocalDateTime.of(2024, 1, 1, 0, 0));
            }
        }
        StringBuilder rows = new StringBuilder("timestamp,target\n");
        for (int k = 0; k < times.size(); k++) {
            rows.append(times.get(k)).append(":00,").append(values.get(k)).append('\n');
        }
        return rows.toString();
    }

    private static List<LocalDateTime> times(Random random) {
        LocalDateTime start = LocalDateTime.of(2024, random.nextBoolean() ? 3 : 10, 28, random.nextInt(4), 0);
        String frequency = any(random, FREQUENCIES);
        List<LocalDateTime> times = new ArrayList<>();
        int size = 1 + random.nextInt(40);
        for (int k = 0; k < size; k++) {
            times.add(
                    switch (frequency) {
                        case "h" -> start.plusHours(k);
                        case "30min" -> start.plusMinutes(30L * k);
                        case "W" -> start.plusWeeks(k);
                        case "M" -> start.plusMonths(k);
                        default -> start.plusDays(k);
                    });
        }
        return times;
    }
}
