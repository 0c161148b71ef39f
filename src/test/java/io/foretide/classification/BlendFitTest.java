package io.foretide.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BlendFitTest {
    /** Two labels in turn, of which each branch is sure by so much. */
    private static BlendFit.Said said(int count, double networks, double patterns) {
        int[] truth = new int[count];
        double[] weights = new double[count];
        double[][] ofNetworks = new double[count][], ofPatterns = new double[count][];
        Arrays.fill(weights, 1);
        for (int i = 0; i < count; i++) {
            truth[i] = i % 2;
            int side = i % 2 == 0 ? 1 : -1;
            ofNetworks[i] = new double[] {side * networks, -side * networks};
            ofPatterns[i] = new double[] {side * patterns, -side * patterns};
        }
        return new BlendFit.Said(ofNetworks, ofPatterns, truth, weights);
    }

    private static Blend fit(BlendFit.Said said) {
        return new BlendFit(said, 2, Deadline.NONE).fit();
    }

    @Test
    void aFewSequencesThatLookLikeTheOtherLabelDoNotSilenceBothBranches() {
        Blend blend = fit(said(9, -0.5, -1));

        double[] p = blend.probabilities(new double[] {-1, 1}, new double[] {-1, 1});

        assertThat(p[1])
                .as("both say the second label, of which there were fewer")
                .isGreaterThan(0.5);
    }

    @Test
    void aBranchThatIsWrongOfManyIsSilent() {
        Blend blend = fit(said(400, 1, -1));

        assertThat(blend.pattern()).isLessThan(0.02 * blend.network());
    }

    @Test
    void isTheSurerTheMoreSequencesAgree() {
        double few = fit(said(9, 0.5, 0.5)).network(),
                many = fit(said(400, 0.5, 0.5)).network();

        assertThat(many).isGreaterThan(2 * few);
    }

    @Test
    void listensToBothBranchesWhereThereIsNoTimeToTell() {
        Blend blend = new BlendFit(said(400, 1, -1), 2, new Answers(1).deadline()).fit();

        assertThat(blend.network()).isPositive().isEqualTo(blend.pattern());
    }
}
