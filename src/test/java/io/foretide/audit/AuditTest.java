package io.foretide.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.foretide.series.SentSeries;
import io.foretide.series.SentSeriesReader;
import io.foretide.series.SeriesDefaults;
import io.foretide.series.SeriesLimits;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an audit tells, each kind by itself. */
class AuditTest {
    private static final SeriesLimits LIMITS = new SeriesLimits(100, 1_000_000, 5, 64);
    private static final AuditRequest NOTHING_ASKED = new AuditRequest(null, null);

    /** Enough of a series that nothing is odd about it. */
    private static final String PLAIN = "3,1,4,1,5,9,2,6,5,3,5,8,9,7,9,3";

    private static AuditReport audit(List<SentSeries> series, AuditRequest asked) {
        return new Audit(new AuditProperties(1000, 20), LIMITS).audit(series, asked);
    }

    private static AuditReport auditLines(String... lines) {
        return audit(read(lines), NOTHING_ASKED);
    }

    private static List<SentSeries> read(String... lines) {
        return new SentSeriesReader(LIMITS).readJsonLines(stream(String.join("\n", lines)), SeriesDefaults.NONE);
    }

    static AuditReport auditRows(String frequency, String rows) {
        return audit(
                new SentSeriesReader(LIMITS)
                        .readCsv(stream("timestamp,target\n" + rows), SeriesDefaults.parse(frequency, null)),
                NOTHING_ASKED);
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    static Finding only(AuditReport report, FindingKind kind) {
        assertThat(report.findings()).extracting(Finding::kind).containsOnlyOnce(kind);
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    static List<Integer> indices(Finding finding) {
        return finding.places().stream().map(FoundPlace::index).toList();
    }

    @Test
    void findsNothingInAPlainSeries() {
        AuditReport report =
                auditLines("{\"item_id\":\"a\",\"start\":\"2024-01-01\",\"freq\":\"D\",\"target\":[" + PLAIN + "]}");

        assertThat(report)
                .isEqualTo(new AuditReport(
                        true, 1, 16, 0, "2024-01-01", "2024-01-16", "D", report.counts(), List.of(), false));
        assertThat(report.counts()).isEmpty();
    }

    @Test
    void findsNoOutlierInASeasonThatGrows() {
        AuditReport report = auditLines("{\"start\":\"1949-01\",\"freq\":\"M\",\"target\":["
                + "112,118,132,129,121,135,148,148,136,119,104,118,115,126,141,135,125,149,170,170,158,133,114,140,"
                + "145,150,178,163,172,178,199,199,184,162,146,166,171,180,193,181,183,218,230,242,209,191,172,194,"
                + "196,196,236,235,229,243,264,272,237,211,180,201,204,188,235,227,234,264,302,293,259,229,203,229]}");

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void tellsStepsThatAreSkipped() {
        AuditReport report = auditRows("D", "2024-01-01,1\n2024-01-02,2\n2024-01-05,3\n2024-01-06,1\n");

        Finding gaps = only(report, FindingKind.GAPS);
        assertThat(gaps.outcome()).isEqualTo(Outcome.REPAIRED);
        assertThat(gaps.detail()).isEqualTo("Steps of D are skipped, 2 in all.");
        assertThat(gaps.places()).containsExactly(new FoundPlace("line 4", 2, "2024-01-05", "2 skipped before it"));
    }

    @Test
    void tellsStepsThatAreTooManyToFill() {
        AuditReport report = auditRows("s", "0001-01-01,1\n9999-01-01,2\n");

        assertThat(only(report, FindingKind.GAPS).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void tellsTimesThatOccurTwice() {
        AuditReport report = auditRows("D", "2024-01-01,1\n2024-01-02,2\n2024-01-02,3\n2024-01-03,1\n");

        Finding duplicates = only(report, FindingKind.DUPLICATE_TIMES);
        assertThat(duplicates.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(duplicates.places())
                .containsExactly(new FoundPlace("line 4", 2, "2024-01-02", "the same as index 1"));
    }

    @Test
    void tellsTimesThatAreNotInOrder() {
        AuditReport report = auditRows("D", "2024-01-01,1\n2024-01-03,2\n2024-01-02,3\n2024-01-04,1\n");

        Finding unordered = only(report, FindingKind.UNORDERED_TIMES);
        assertThat(unordered.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(indices(unordered)).containsExactly(2);
        assertThat(report.counts()).doesNotContainKey("gaps");
    }

    @Test
    void tellsTimesThatAreOnNoGrid() {
        AuditReport report = auditRows(
                null,
                "2024-01-01T00:00,1\n2024-01-01T01:00,2\n2024-01-01T02:00,3\n2024-01-01T02:20,1\n2024-01-01T03:00,4\n");

        Finding mixed = only(report, FindingKind.MIXED_FREQUENCY);
        assertThat(mixed.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(indices(mixed)).containsExactly(3);
        assertThat(mixed.detail()).isEqualTo("Not all times are steps of h, the most common.");
        assertThat(report.frequency()).isEqualTo("h");
    }

    @Test
    void tellsWhereTheFrequencyChanges() {
        AuditReport report = auditRows(
                null,
                "2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n2024-01-10,1\n2024-01-17,3\n2024-01-24,3\n2024-01-31,3\n");

        assertThat(indices(only(report, FindingKind.MIXED_FREQUENCY))).isNotEmpty();
        assertThat(report.trainable()).isFalse();
    }

    @Test
    void tellsAFrequencyThatCannotBeKnown() {
        AuditReport report = auditRows(null, "2024-01-01,1\n2024-01-02,2\n");

        assertThat(only(report, FindingKind.UNKNOWN_FREQUENCY).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01,1\n9999-01-01,2\n",
                "0001-01-01,1\n0700-01-01,2\n9999-01-01,2\n",
                "0001-01-01,1\n",
                "2024-01-01,1\n2024-01-01,1\n",
            })
    void looksAtTimesThatTellNothing(String rows) {
        AuditReport report = auditRows(null, rows);

        assertThat(report.trainable()).isFalse();
        assertThat(report.counts()).containsAnyOf(Map.entry("unknown_frequency", 1L), Map.entry("mixed_frequency", 1L));
    }

    @Test
    void spansAnyNumberOfYears() {
        AuditReport report = auditLines(
                "{\"start\":\"9999-01-01\",\"freq\":\"P100Y\",\"target\":[" + PLAIN + "]}",
                "{\"item_id\":\"b\",\"start\":\"2024-01-01\",\"freq\":\"P100Y\",\"target\":[]}");

        assertThat(report.values()).isEqualTo(16);
    }

    @Test
    void tellsLocalTimesThatComeTwice() {
        AuditReport report = auditLines("{\"zone\":\"Europe/Berlin\",\"freq\":\"h\",\"timestamps\":["
                + "\"2024-10-27T01:00:00\",\"2024-10-27T02:00:00\",\"2024-10-27T02:00:00\",\"2024-10-27T03:00:00\"],"
                + "\"target\":[1,2,3,4]}");

        Finding folds = only(report, FindingKind.REPEATED_LOCAL_TIME);
        assertThat(folds.outcome()).isEqualTo(Outcome.REPAIRED);
        assertThat(folds.places())
                .extracting(FoundPlace::note)
                .containsExactly("taken for 2024-10-27T02:00+02:00", "taken for 2024-10-27T02:00+01:00");
        assertThat(report.counts()).doesNotContainKeys("gaps", "duplicate_times", "unordered_times");
    }

    @Test
    void tellsLocalTimesThatTheClocksSkip() {
        AuditReport report = auditLines("{\"zone\":\"Europe/Berlin\",\"freq\":\"h\",\"timestamps\":["
                + "\"2024-03-31T01:00:00\",\"2024-03-31T02:00:00\",\"2024-03-31T03:00:00\"],\"target\":[1,2,3]}");

        Finding skipped = only(report, FindingKind.SKIPPED_LOCAL_TIME);
        assertThat(skipped.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(skipped.places())
                .containsExactly(new FoundPlace("line 1: /timestamps/1", 1, "2024-03-31T02:00:00", null));
    }

    @Test
    void tellsNothingOfClocksToASeriesWithOffsets() {
        AuditReport report = auditLines("{\"zone\":\"Europe/Berlin\",\"freq\":\"h\",\"timestamps\":["
                + "\"2024-10-27T02:00:00+02:00\",\"2024-10-27T02:00:00+01:00\",\"2024-10-27T03:00:00+01:00\"],"
                + "\"target\":[1,2,3]}");

        assertThat(report.counts()).doesNotContainKeys("repeated_local_time", "duplicate_times");
    }

    @Test
    void tellsWhatIsMissing() {
        AuditReport report = auditLines(
                "{\"start\":\"2024-01-01\",\"freq\":\"D\",\"target\":[" + PLAIN.replace("9,2", "null,\"NaN\"") + "]}");

        Finding missing = only(report, FindingKind.MISSING_VALUES);
        assertThat(missing.outcome()).isEqualTo(Outcome.REPAIRED);
        assertThat(missing.places())
                .containsExactly(
                        new FoundPlace("line 1: /target/5", 5, "2024-01-06", null),
                        new FoundPlace("line 1: /target/6", 6, "2024-01-07", null));
        assertThat(report.missing()).isEqualTo(2);
        assertThat(report.trainable()).isTrue();
    }

    @Test
    void tellsValuesBeyondAllBounds() {
        AuditReport report = auditLines("{\"target\":[1,1e16,3,\"Infinity\",1e400]}");

        Finding large = only(report, FindingKind.TOO_LARGE_VALUES);
        assertThat(large.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(indices(large)).containsExactly(1, 3, 4);
    }

    @Test
    void tellsASeriesThatNeverChanges() {
        AuditReport report = auditLines("{\"target\":[2,2,null,2]}");

        assertThat(only(report, FindingKind.CONSTANT).outcome()).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void tellsASeriesTooShortToTrainOn() {
        AuditReport alone = audit(read("{\"target\":[1,2,3]}"), new AuditRequest(2, null));
        AuditReport beside = audit(
                read("{\"target\":[1,2,3]}", "{\"item_id\":\"b\",\"target\":[" + PLAIN + "]}"),
                new AuditRequest(2, null));

        assertThat(only(alone, FindingKind.TOO_SHORT).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(only(beside, FindingKind.TOO_SHORT).outcome()).isEqualTo(Outcome.TAKEN);
    }

    @Test
    void tellsASeriesTooShortToMeasure() {
        AuditReport report = audit(read("{\"target\":[" + PLAIN + "]}"), new AuditRequest(8, null));

        Finding tooShort = only(report, FindingKind.TOO_SHORT);
        assertThat(tooShort.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(tooShort.detail()).contains("takes 18 steps, and here are 16");
    }

    @Test
    void tellsFewerThanTwoSeasons() {
        AuditReport report = auditLines("{\"start\":\"2024-01\",\"freq\":\"M\",\"target\":[" + PLAIN + "]}");

        assertThat(only(report, FindingKind.FEW_SEASONS).detail())
                .isEqualTo("A season is 12 steps, and here are 16: fewer than two seasons.");
    }

    @Test
    void tellsAValueFarFromItsNeighbours() {
        AuditReport report = auditLines("{\"target\":[" + PLAIN.replace("6,5", "600,5") + "]}");

        Finding outliers = only(report, FindingKind.OUTLIERS);
        assertThat(outliers.outcome()).isEqualTo(Outcome.TAKEN);
        assertThat(outliers.places())
                .containsExactly(new FoundPlace("line 1: /target/7", 7, null, "600.000 where 5.00000 is expected"));
    }

    @Test
    void tellsAValueFarFromItsNeighboursInALongSeriesThatGetsLouder() {
        Random random = new Random(3);
        String values = IntStream.range(0, 30_000)
                .mapToObj(k -> k == 5_000 ? "60" : String.valueOf((k < 20_000 ? 1 : 1000) * random.nextGaussian()))
                .collect(Collectors.joining(","));

        AuditReport report = auditLines("{\"target\":[" + values + "]}");

        assertThat(indices(only(report, FindingKind.OUTLIERS))).containsExactly(5_000);
    }

    @Test
    void tellsWhatTrainingHasNoUseFor() {
        AuditReport report = auditLines(
                "{\"start\":\"2024-01-01\",\"target\":[" + PLAIN + "],\"past\":{\"x\":[1]}}",
                "{\"item_id\":\"0\",\"start\":\"2024-01-06\",\"freq\":\"B\",\"target\":[" + PLAIN + "]}",
                "{\"start\":\"2024-01-06\",\"freq\":\"D\",\"target\":[" + PLAIN + "]}",
                "{\"timestamps\":[\"2024-01-06\"],\"freq\":\"D\",\"target\":[" + PLAIN + "]}");

        assertThat(report.findings())
                .filteredOn(finding -> finding.outcome() == Outcome.REFUSED)
                .extracting(Finding::itemId, Finding::kind)
                .contains(
                        tuple("0", FindingKind.COVARIATES),
                        tuple("0", FindingKind.START_WITHOUT_FREQUENCY),
                        tuple("0", FindingKind.REPEATED_ITEM_ID),
                        tuple("0", FindingKind.IMPOSSIBLE_START),
                        tuple("2", FindingKind.DIFFERENT_FREQUENCY),
                        tuple("3", FindingKind.COUNT_MISMATCH));
    }

    @Test
    void keepsSoManyFindingsAndTheWorstFirst() {
        Audit audit = new Audit(new AuditProperties(3, 2), LIMITS);
        List<SentSeries> series =
                read("{\"target\":[2,2,2]}", "{\"target\":[3,3,3]}", "{\"target\":[4,4,4]}", "{\"target\":[5,5,1e20]}");

        AuditReport report = audit.audit(series, NOTHING_ASKED);

        assertThat(report.truncated()).isTrue();
        assertThat(report.findings())
                .extracting(Finding::kind)
                .containsExactly(FindingKind.TOO_LARGE_VALUES, FindingKind.CONSTANT, FindingKind.TOO_SHORT);
        assertThat(report.counts()).containsEntry("constant", 3L);
    }

    @Test
    void summarizesWithRepairsFirst() {
        Audit audit = new Audit(new AuditProperties(1000, 2), LIMITS);
        List<SentSeries> series = read("{\"target\":[2,2,2,2]}", "{\"target\":[3,3,3,3]}", "{\"target\":[3,1,null,4]}");

        AuditSummary summary = audit.summarize(series, 1, null);

        assertThat(summary.truncated()).isTrue();
        assertThat(summary.findings())
                .extracting(Finding::outcome, Finding::kind)
                .containsExactly(
                        tuple(Outcome.REPAIRED, FindingKind.MISSING_VALUES),
                        tuple(Outcome.TAKEN, FindingKind.CONSTANT));
        assertThat(summary.counts()).isEqualTo(Map.of("constant", 2L, "missing_values", 1L));
    }

    @Test
    void movesTheMedianLikeSortingEachWindow() {
        Random random = new Random(7);
        double[] values = random.ints(500, 0, 40).asDoubleStream().toArray();

        double[] medians = RunningMedian.of(values, 6);

        double[] expected = IntStream.range(6, 494)
                .mapToDouble(k -> Arrays.stream(values, k - 6, k + 7).sorted().toArray()[6])
                .toArray();
        assertThat(Arrays.copyOfRange(medians, 6, 494)).containsExactly(expected);
    }
}
