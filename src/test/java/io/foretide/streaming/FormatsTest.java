package io.foretide.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.series.Frequency;
import io.foretide.series.QuantileLevel;
import io.foretide.series.TimeStyle;
import io.foretide.series.Timeline;
import io.foretide.streaming.ByteSource.UnreadableException;
import io.foretide.testing.Allocations;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of what is kept: bit for bit what was written, and refused where it cannot have been written. */
class FormatsTest {
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                1,
                -1,
                112,
                1 << 20,
                -(1 << 20),
                0.5,
                0.1,
                1e300,
                -1e-300,
                Double.MIN_VALUE,
                Double.NaN,
                16_777_217,
                Float.MAX_VALUE,
                3.4e38
            })
    void keepsEveryBitOfAValue(double value) {
        var read = (Step.Value) readStep(bytesOf(new Step.Value(7, value)));

        assertThat(Double.doubleToLongBits(read.value())).isEqualTo(Double.doubleToLongBits(value));
    }

    @Test
    void keepsAllOfAStep() {
        var step = new Step.Value(Long.MAX_VALUE, 1000, 2.5, new double[] {1, Double.NaN, -3e-9});

        assertThat(readStep(bytesOf(step))).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Bücher\u0000\n", "\ud83d\ude00", "\ud83d", "\ude00\ud83d", "\uffff\u202e日本"})
    void keepsEveryCharacterOfAText(String text) {
        var step = new Step.Text(9, text);

        assertThat(readStep(bytesOf(step))).isEqualTo(step);
    }

    @Test
    void keepsTheChannelsOfAStep() {
        var step = new Step.Channels(9, new double[] {1, Double.NaN, -0.0, 0.1, 2.5, Double.MIN_VALUE});

        assertThat(readStep(bytesOf(step))).isEqualTo(step);
    }

    @Test
    void keepsAContinuation() {
        var step = new Step.Continuation(9, 12, new Drawing(0.8, 5, 0.9, -3), "a\ud83d");

        assertThat(readStep(bytesOf(step))).isEqualTo(step);
    }

    @Test
    void keepsTheStateAfterAStep() {
        var step = new Step.Milestone(new Step.Text(9, "a\ud83d"), new byte[] {0, -1, 19});

        assertThat(readStep(bytesOf(step))).isEqualTo(step);
    }

    @Test
    void readsNoMilestoneOfAnotherOne() {
        byte[] bytes = {19, 0, 19, 0, 17, 9, 0};

        assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> readStep(bytes));
    }

    /** As releases wrote it that knew of values of series only. */
    @Test
    void readsAStepOfAnEarlierRelease() {
        byte[] earlier = {4 | 1, 3, 2, 8};

        assertThat(readStep(earlier)).isEqualTo(new Step.Value(3, 2, 4, new double[0]));
    }

    @Test
    void isShort() {
        assertThat(bytesOf(new Step.Value(1_000_000, 112))).hasSizeLessThanOrEqualTo(6);
        assertThat(bytesOf(new Step.Value(1_000_000, 0.1))).hasSizeLessThanOrEqualTo(12);
    }

    private static byte[] bytesOf(Step step) {
        var to = new ByteSink(1);
        StepFormat.write(step, 0, to);
        return to.toByteArray();
    }

    private static Step readStep(byte[] bytes) {
        return StepFormat.read(new ByteSource(bytes), 0);
    }

    @Test
    void keepsAHistory() {
        History history = history(new Random(1), 100);

        assertThat(HistoryFormat.read(HistoryFormat.write(history))).isEqualTo(history);
    }

    private static History history(Random random, int steps) {
        var all = new ArrayList<Step>();
        for (int i = 1; i <= steps; i++) {
            long seq = 5 + 2L * i;
            all.add(
                    switch (i % 6) {
                        case 5 -> new Step.Milestone(new Step.Text(seq, "text " + i), new byte[] {1, 2});
                        case 3 -> new Step.Channels(seq, random.doubles(3).toArray());
                        case 4 -> new Step.Text(seq, "text " + i);
                        case 2 -> new Step.Continuation(seq, i, new Drawing(1, 0, 1, i), "said");
                        default -> new Step.Value(seq, i % 3, random.nextGaussian(), new double[i % 2]);
                    });
        }
        byte[] state = new byte[500];
        random.nextBytes(state);
        return new History(new Base(5, state, 4, 3), new Base(9, state.clone(), 8, 7), all);
    }

    @Test
    void keepsStepsThatCountUpToNothing() {
        byte[] state = {1, 2, 3};
        var base = new Base(-2, state, 0, 0);
        var history = new History(
                base, base, List.of(new Step.Value(-1, 461), new Step.Value(0, 390), new Step.Value(1, 432)));

        History read = HistoryFormat.read(HistoryFormat.write(history));

        assertThat(read.older().seq()).isEqualTo(-2);
        assertThat(read.steps()).isEqualTo(history.steps());
    }

    @Test
    void refusesWhatIsCutOff() {
        byte[] bytes = HistoryFormat.write(history(new Random(2), 20));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> HistoryFormat.read(cut));
        }
    }

    @Test
    void readsOrRefusesWhateverItIsGivenAndMakesLittleForIt() {
        var random = new Random(3);
        byte[] bytes = HistoryFormat.write(history(random, 20));
        long allocated = Allocations.of(() -> {
            for (int i = 0; i < 20_000; i++) {
                read(changed(bytes, random));
            }
        });

        assertThat(allocated / 20_000).isLessThan(64L * bytes.length);
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
        }
        return changed;
    }

    private static void read(byte[] bytes) {
        try {
            HistoryFormat.read(bytes);
        } catch (UnreadableException _) {
            // as it should be
        }
    }

    @Test
    void keepsSettings() {
        Frequency hourly = Frequency.parse("1h");
        var settings = new SessionSettings(
                24,
                List.of(new QuantileLevel(0.1), QuantileLevel.MEDIAN),
                Emit.NONE,
                VersionPolicy.MIGRATE,
                42L,
                Duration.ofHours(3),
                hourly,
                new Timeline(ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Berlin]"), hourly, TimeStyle.LOCAL),
                Map.of("store", "north \"1\""));

        assertThat(SettingsFormat.read(SettingsFormat.write(settings))).isEqualTo(settings);
    }

    @Test
    void refusesSettingsThatItDidNotWrite() {
        for (String json : List.of("", "null", "{}", "[]", "{\"horizon\":0}", "{\"horizon\":1}")) {
            assertThatExceptionOfType(UnreadableException.class).isThrownBy(() -> SettingsFormat.read(json));
        }
    }

    @Test
    void keepsSnapshots() {
        StoredSession session = new StoredSession(
                "a",
                ModelReference.champion(new ModelName("air")),
                3,
                JournalFixture.session("a").settings(),
                history(new Random(4), 10));

        Snapshot read = Snapshot.ofBytes(Snapshot.of(session).toBytes());

        assertThat(read).isEqualTo(Snapshot.of(session));
        assertThat(read.version()).isEqualTo(3);
        assertThatExceptionOfType(UnreadableException.class)
                .isThrownBy(() -> Snapshot.ofBytes("something".getBytes(StandardCharsets.UTF_8)));
    }
}
