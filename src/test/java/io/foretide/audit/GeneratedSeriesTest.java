package io.foretide.audit;

import static io.foretide.audit.AuditTest.auditRows;
import static io.foretide.audit.AuditTest.indices;
import static io.foretide.audit.AuditTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an audit tells of generated series, clean ones and ones with faults. */
class GeneratedSeriesTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void findsNothingInACleanSeriesOfAnyMake(long seed) {
        Generated clean = Generated.of(seed);

        AuditReport report = auditRows(null, clean.rows());

        assertThat(report.findings()).isEmpty();
        assertThat(report.trainable()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void findsFaultsWhereTheyWereInjected(long seed) {
        Generated series = Generated.of(seed);
        Random random = new Random(seed);
        List<Integer> places = spreadPlaces(random, series.size());
        series.values()[places.get(0)] += 100;
        series.values()[places.get(1)] = Double.NaN;
        series.swap(places.get(2));
        series.repeat(places.get(3));
        series.remove(places.get(4));

        AuditReport report = auditRows(null, series.rows());

        assertThat(indices(only(report, FindingKind.OUTLIERS))).containsExactly(places.get(0));
        assertThat(indices(only(report, FindingKind.MISSING_VALUES))).containsExactly(places.get(1));
        assertThat(indices(only(report, FindingKind.UNORDERED_TIMES))).containsExactly(places.get(2) + 1);
        assertThat(indices(only(report, FindingKind.DUPLICATE_TIMES))).containsExactly(places.get(3) + 1);
        assertThat(indices(only(report, FindingKind.GAPS))).containsExactly(places.get(4) + 1);
        assertThat(report.findings()).hasSize(5);
    }

    private static List<Integer> spreadPlaces(Random random, int size) {
        TreeSet<Integer> fifths = new TreeSet<>();
        while (fifths.size() < 5) {
            fifths.add(3 + random.nextInt(size / 5 - 6) + fifths.size() * (size / 5));
        }
        return new ArrayList<>(fifths);
    }

    /** Hourly values with level, trend, a daily season and noise; times as spelled in rows. */
    private record Generated(List<LocalDateTime> times, double[] values) {
        static Generated of(long seed) {
            Random random = new Random(seed);
            int size = 300 + random.nextInt(700);
            double amplitude = 20 * random.nextDouble();
            double slope = random.nextGaussian() / 10;
            LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
            double[] values = IntStream.range(0, size)
                    .mapToDouble(k -> 50 + slope * k + amplitude * Math.sin(k * Math.PI / 12) + random.nextGaussian())
                    .toArray();
            return new Generated(
                    IntStream.range(0, size)
                            .mapToObj(start::plusHours)
                            .collect(Collectors.toCollection(ArrayList::new)),
                    values);
        }

        int size() {
            return values.length;
        }

        void swap(int index) {
            LocalDateTime time = times.get(index);
            times.set(index, times.get(index + 1));
            times.set(index + 1, time);
        }

        void repeat(int index) {
            for (int k = times.size() - 1; k > index; k--) {
                times.set(k, times.get(k - 1));
            }
        }

        void remove(int index) {
            for (int k = index + 1; k < times.size(); k++) {
                times.set(k, times.get(k).plusHours(1));
            }
        }

        String rows() {
            return IntStream.range(0, values.length)
                    .mapToObj(k -> times.get(k) + ":00," + (Double.isNaN(values[k]) ? "" : values[k]) + "\n")
                    .collect(Collectors.joining());
        }
    }
}
