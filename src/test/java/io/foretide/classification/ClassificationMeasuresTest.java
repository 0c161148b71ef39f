package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationMeasuresTest {
    @Test
    void measuresTwoLabels() {
        double[][] p = {{0.9, 0.1}, {0.6, 0.4}, {0.35, 0.65}, {0.2, 0.8}, {0.7, 0.3}};

        var measures = ClassificationMeasures.of(List.of("no", "yes"), new int[] {0, 0, 1, 1, 1}, p);

        assertThat(measures.accuracy()).isEqualTo(0.8);
        assertThat(measures.confusion()).isDeepEqualTo(new int[][] {{2, 0}, {1, 2}});
        assertThat(measures.macroF1()).isCloseTo((4.0 / 5 + 4.0 / 5) / 2, within(1e-12));
        assertThat(measures.brier()).isCloseTo((0.01 + 0.16 + 0.1225 + 0.04 + 0.49) / 5, within(1e-12));
        assertThat(measures.auc()).isCloseTo(5.0 / 6, within(1e-12));
        assertThat(measures.logLoss()).isCloseTo(-Math.log(0.9 * 0.6 * 0.65 * 0.8 * 0.3) / 5, within(1e-12));
        assertThat(measures.calibrationError())
                .isCloseTo((0.1 + Math.abs(0.6 + 0.65 - 2) + 0.2 + 0.7) / 5, within(1e-12));
    }

    @Test
    void equalProbabilitiesShareTheirRanks() {
        double[][] p = {{0.5, 0.5}, {0.5, 0.5}, {0.5, 0.5}};

        assertThat(ClassificationMeasures.of(List.of("a", "b"), new int[] {0, 1, 1}, p)
                        .auc())
                .isEqualTo(0.5);
    }

    @Test
    void leavesOutWhatHasNoMeaning() {
        double[][] one = {{0.5, 0.3, 0.2}};

        var measures = ClassificationMeasures.of(List.of("a", "b", "c"), new int[] {0}, one);

        assertThat(measures.auc()).isNull();
        assertThat(measures.macroF1()).isEqualTo(1);
        assertThat(ClassificationMeasures.of(List.of("a", "b"), new int[] {1}, new double[][] {{0.5, 0.5}})
                        .auc())
                .isNull();
    }
}
