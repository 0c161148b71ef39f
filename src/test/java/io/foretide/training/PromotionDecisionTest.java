package io.foretide.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.foretide.evaluation.Comparison;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.registry.ArtifactInfo;
import io.foretide.registry.ModelName;
import io.foretide.registry.ModelVersion;
import io.foretide.registry.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.JsonNodeFactory;

class PromotionDecisionTest {
    private static final Optional<ModelVersion> CHAMPION = Optional.of(new ModelVersion(
            new ModelName("air"),
            4,
            Task.CLASSIFY,
            Instant.EPOCH,
            null,
            new ArtifactInfo(1, "00"),
            JsonNodeFactory.instance.objectNode()));

    /** A candidate of which nothing but the comparison is asked for. */
    private record Fake(Yardstick yardstick, Supplier<Comparison> comparison) implements Candidate {
        @Override
        public byte[] artifact() {
            throw new AssertionError("a decision needs no artifact");
        }

        @Override
        public TrainingRecord record() {
            throw new AssertionError("a decision needs no record");
        }

        @Override
        public Workings workings() {
            throw new AssertionError("a decision needs no workings");
        }

        @Override
        public Comparison compareWith(ModelVersion champion) {
            return comparison.get();
        }
    }

    private static PromotionDecision decide(Yardstick yardstick, Comparison comparison) {
        return PromotionDecision.of(new Fake(yardstick, () -> comparison), PromotionPolicy.IF_BETTER, CHAMPION);
    }

    @ParameterizedTest
    @EnumSource(Yardstick.class)
    void promotesWhatIsBetterByTheMeasureOfItsTask(Yardstick yardstick) {
        PromotionDecision better = decide(yardstick, new Comparison(30, 0.25, 0.5));
        PromotionDecision equal = decide(yardstick, new Comparison(30, 0.5, 0.5));

        assertThat(better.promoted()).isTrue();
        assertThat(better.champion()).isEqualTo(4);
        assertThat(better.reason())
                .isEqualTo(
                        "its %s of 0.250000 is lower than the 0.500000 of the champion, version 4, on 30 %ss that neither has seen",
                        yardstick.title(), yardstick.item());
        assertThat(equal.promoted()).isFalse();
        assertThat(equal.reason()).contains("is not lower than");
    }

    @Test
    void keepsTheChampionWhereThereIsNothingToCompareBy() {
        PromotionDecision decision = decide(Yardstick.LOG_LOSS, new Comparison(0, Double.NaN, Double.NaN));

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason())
                .isEqualTo("there is no sequence that neither this version nor the champion, version 4, has seen");
    }

    @Test
    void keepsTheChampionWhereItCannotBeComparedWith() {
        PromotionDecision decision = PromotionDecision.of(
                new Fake(Yardstick.NATS, () -> {
                    throw new ProblemException(ProblemType.NOT_SUPPORTED, "its tokens are of another kind");
                }),
                PromotionPolicy.IF_BETTER,
                CHAMPION);

        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reason()).isEqualTo("the champion cannot be compared with: its tokens are of another kind");
        assertThat(decision.comparison()).isNull();
    }

    @Test
    void comparesOnlyWhereThePolicyAsksForIt() {
        var unequalled = new Fake(Yardstick.NATS, () -> {
            throw new AssertionError("nothing is to be compared");
        });

        assertThat(PromotionDecision.of(unequalled, PromotionPolicy.ALWAYS, CHAMPION)
                        .promoted())
                .isTrue();
        assertThat(PromotionDecision.of(unequalled, PromotionPolicy.NEVER, CHAMPION)
                        .promoted())
                .isFalse();
        assertThat(PromotionDecision.of(unequalled, PromotionPolicy.NEVER, Optional.empty())
                        .promoted())
                .isFalse();
        assertThat(PromotionDecision.of(unequalled, PromotionPolicy.IF_BETTER, Optional.empty())
                        .promoted())
                .isTrue();
    }

    @Test
    void tellsAComparisonInTheWordsOfTheTask() {
        assertThat(Yardstick.LOG_LOSS.fields(new Comparison(30, 0.25, Double.POSITIVE_INFINITY)))
                .containsExactly(entry("sequences", 30), entry("log_loss", 0.25), entry("champion_log_loss", null));
        assertThat(Yardstick.NATS.fields(null))
                .containsExactly(entry("tokens", null), entry("nats", null), entry("champion_nats", null));
    }
}
