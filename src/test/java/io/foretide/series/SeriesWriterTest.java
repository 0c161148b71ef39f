package io.foretide.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesWriterTest {
    private static final List<String> FREQUENCIES =
            List.of("s", "PT30M", "h", "H", "D", "P1D", "W-SUN", "M", "MS", "P1M", "QE", "QS-OCT", "Y", "P2Y", "250ms");
    private static final List<ZoneId> ZONES = List.of(
            ZoneOffset.UTC, ZoneId.of("Europe/Berlin"), ZoneId.of("America/New_York"), ZoneId.of("Asia/Kathmandu"));

    @Test
    void writesASeriesALine() {
        String start = "{\"item_id\":\"a\",\"freq\":\"M\",\"start\":\"1949-01\",\"target\":[112.0,null]";
        String written = write(SeriesReading.jsonLines(start + ",\"static\":{\"b\":\"c\"}}\n{\"target\":[]}"));

        assertThat(written).isEqualTo(start + ",\"static\":{\"b\":\"c\"}}\n{\"item_id\":\"1\",\"target\":[]}\n");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void losesNothing(long seed) {
        var random = new Random(seed);
        List<TimeSeries> series = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
            series.add(series(random, "item " + k + text(random)));
        }

        List<TimeSeries> reread = SeriesReading.jsonLines(write(series));

        assertThat(reread).hasSameSizeAs(series).zipSatisfy(series, SeriesWriterTest::same);
        assertThat(write(reread)).isEqualTo(write(series));
    }

    @Test
    void tellsTheSecondOfTwoEqualHoursByItsOffset() {
        ZonedDateTime second = ZonedDateTime.parse("2024-10-27T02:30:00+01:00[Europe/Berlin]");
        TimeSeries series = new TimeSeries(
                "a", new Timeline(second, Frequency.parse("h"), TimeStyle.LOCAL), new double[] {1}, Covariates.NONE);

        TimeSeries reread = SeriesReading.only(SeriesReading.jsonLines(write(List.of(series))));

        assertThat(SeriesReading.timeline(reread).start()).isEqualTo(second);
    }

    // Bit for bit: NaN equals NaN, and -0.0 differs from 0.0.
    private static void same(TimeSeries actual, TimeSeries expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(expected);
    }

    private static String write(List<TimeSeries> series) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SeriesWriter.writeJsonLines(series, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static TimeSeries series(Random random, String itemId) {
        int length = random.nextInt(20);
        Map<String, double[]> past = new HashMap<>();
        Map<String, double[]> future = new HashMap<>();
        Map<String, String> fixed = new HashMap<>();
        int ahead = random.nextInt(5);
        for (int k = random.nextInt(3); k > 0; k--) {
            past.put("past" + text(random) + k, numbers(random, length));
            future.put("future" + text(random) + k, numbers(random, length + ahead));
        }
        if (random.nextBoolean()) {
            fixed.put("static" + text(random), text(random));
        }
        Covariates covariates = new Covariates(past, future, fixed);
        Frequency frequency = Frequency.parse(FREQUENCIES.get(random.nextInt(FREQUENCIES.size())));
        return switch (random.nextInt(4)) {
            case 0 -> new TimeSeries(itemId, null, numbers(random, length), covariates);
            case 1 -> new TimeSeries(itemId, frequency, null, numbers(random, length), covariates);
            default -> new TimeSeries(itemId, timeline(random, frequency), numbers(random, length), covariates);
        };
    }

    private static Timeline timeline(Random random, Frequency frequency) {
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        TimeStyle style = TimeStyle.values()[random.nextInt(4)];
        ZonedDateTime start = Instant.ofEpochMilli(random.nextLong(-2_000_000_000_000L, 4_000_000_000_000L))
                .atZone(zone);
        start = switch (random.nextInt(3)) {
            case 0 -> start;
            case 1 -> start.toLocalDate().atStartOfDay(zone);
            default -> start.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
        };
        // Offsets of seconds, as before there were zones, cannot be spelled by clients.
        boolean spelled = start.getOffset().getTotalSeconds() % 60 == 0;
        // The second of two equal hours is told by its offset.
        boolean plain = start.isEqual(ZonedDateTime.ofLocal(start.toLocalDateTime(), zone, null));
        return spelled && plain ? new Timeline(start, frequency, style) : timeline(random, frequency);
    }

    private static double[] numbers(Random random, int length) {
        double[] numbers = new double[length];
        for (int k = 0; k < length; k++) {
            double any = Double.longBitsToDouble(random.nextLong());
            numbers[k] = switch (random.nextInt(4)) {
                case 0 -> Double.NaN;
                case 1 -> random.nextInt(1000);
                case 2 -> random.nextGaussian();
                default -> Math.abs(any) <= 1e150 ? any : -0.0;
            };
        }
        return numbers;
    }

    private static String text(Random random) {
        return List.of("", "/a~b", "\"quoted\\", "über", "\uD83C\uDF0A", " x ").get(random.nextInt(6));
    }
}
