package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.training.TimeBudget.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A limit of 100 seconds, and batches of a second each. */
class TimeBudgetTest {
    private static final Duration LIMIT = Duration.ofSeconds(100);
    private Duration spent = Duration.ZERO;
    private final TimeBudget budget = new TimeBudget(LIMIT, () -> spent);

    private void pass(double seconds) {
        spent = spent.plusMillis((long) (1000 * seconds));
    }

    /** The time at which the training ends. */
    private double trained() {
        while (!budget.isTrainingOver()) {
            pass(1);
        }
        return spent.toMillis() / 1000.0;
    }

    private void measure(double seconds) {
        budget.measuring();
        pass(seconds);
        budget.measured();
    }

    @Test
    void trainsToTheLimitWhereNothingComesAfter() {
        budget.plan(1000, 0, 0);

        assertThat(trained()).isEqualTo(100);
    }

    @Test
    void keepsTimeForWhatComesAfterByTheStepsOfABatch() {
        budget.plan(1000, 2000, 5000);

        assertThat(trained())
                .as("one batch, two walks of two seconds, and five seconds after")
                .isEqualTo(91);
    }

    @Test
    void keepsTimeByWhatAMeasurementTook() {
        budget.plan(1000, 2000, 5000);
        budget.isTrainingOver();
        pass(1);
        budget.isTrainingOver();
        measure(4);

        assertThat(trained()).as("one batch, eight seconds, and ten").isEqualTo(82);
    }

    @Test
    void doesNotTakeAMeasurementForABatch() {
        budget.plan(1000, 1000, 0);
        budget.isTrainingOver();
        measure(0.001);
        budget.isTrainingOver();
        pass(2);

        assertThat(budget.isTrainingOver()).isFalse();
        pass(96.5);
        assertThat(budget.isTrainingOver()).as("a batch takes two seconds").isTrue();
    }

    @Test
    void trainsForMostOfTheTimeHoweverLongTheRestTakes() {
        budget.plan(1000, 1_000_000, 1_000_000);

        assertThat(trained()).isBetween(75.0, 77.0);
    }

    @Test
    void cutsShortOneStageAfterTheOther() {
        pass(30);
        assertThat(budget.isOver(Stage.PREPARATION)).isFalse();
        pass(1);
        assertThat(budget.isOver(Stage.PREPARATION)).isTrue();
        assertThat(budget.isOver(Stage.HELD_OUT)).isFalse();
        pass(58);
        assertThat(budget.isOver(Stage.HELD_OUT)).isTrue();
        assertThat(budget.isOver(Stage.MEASURES)).isFalse();
        pass(8);
        assertThat(budget.isOver(Stage.MEASURES)).isTrue();
        assertThat(budget.isOver(Stage.COMPARISON)).isFalse();
        pass(6);
        assertThat(budget.isOver(Stage.COMPARISON)).isTrue();
    }

    @Test
    void doesNotTakePreparingForABatch() {
        budget.plan(1000, 1000, 0);
        budget.isOver(Stage.PREPARATION);
        pass(1);
        budget.isOver(Stage.PREPARATION);
        budget.isTrainingOver();
        pass(0.001);
        budget.isOver(Stage.PREPARATION);
        pass(1.999);
        budget.isTrainingOver();

        pass(92.5);
        assertThat(budget.isTrainingOver()).as("a batch takes two seconds").isTrue();
    }

    @Test
    void saysWhetherItActed() {
        pass(50);
        budget.isOver(Stage.MEASURES);
        boolean before = budget.acted();
        pass(60);
        budget.isOver(Stage.MEASURES);

        assertThat(before).isFalse();
        assertThat(budget.acted()).isTrue();
    }
}
