package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ModelCacheTest extends RegistryTestBase {
    @Test
    void loadsOnceForSixteenThreads() throws Exception {
        fixture.register("air");
        var asked = new CountDownLatch(16);
        fixture.whileLoading = () -> await(asked);

        List<LoadedModel> loaded = together(16, () -> {
            asked.countDown();
            return fixture.load("air");
        });

        assertThat(fixture.loads).hasSize(1);
        assertThat(loaded)
                .extracting(LoadedModel::predictor)
                .containsOnly(loaded.getFirst().predictor());
        assertThat(fixture.gauge()).isEqualTo(1);
    }

    @Test
    void servesEveryReferenceToOneVersionFromOneLoad() {
        fixture.register("air");

        fixture.load("air");
        fixture.load("air:1");
        fixture.load("air@latest");

        assertThat(fixture.loads).hasSize(1);
        assertThat(fixture.meters
                        .get(RegistryMetrics.LOAD_DURATION)
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void keepsNoMoreBytesThanItsLimit() {
        fixture.modelSize = DataSize.ofKilobytes(400);
        for (String model : List.of("a", "b", "c", "d")) {
            fixture.register(model);
            fixture.load(model);
        }

        assertThat(fixture.gauge()).isEqualTo(2);
        assertThat(fixture.load("a").version().reference()).hasToString("a:1");
    }

    @Test
    void servesModelThatIsLargerThanTheWholeCache() {
        fixture.modelSize = DataSize.ofMegabytes(2);
        fixture.register("air");

        fixture.load("air");
        fixture.load("air");

        assertThat(fixture.loads).hasSize(2);
        assertThat(fixture.gauge()).isZero();
    }

    @Test
    void computesNothingFromDamagedArtifact() {
        fixture.register("air");
        byte[] bytes = database.client()
                .sql("select bytes from blob_part")
                .query((row, _) -> row.getBytes(1))
                .single();
        bytes[7] ^= 1;
        database.client().sql("update blob_part set bytes = ?").param(bytes).update();

        assertThatThrownBy(() -> fixture.load("air"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DAMAGED_ARTIFACT))
                .hasMessageContaining("air:1");

        assertThat(fixture.loads).isEmpty();
        assertThat(fixture.meters
                        .get(RegistryMetrics.LOAD_DURATION)
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void computesNothingFromArtifactOfWhichAPartIsMissing() {
        fixture.register("air");
        database.client().sql("delete from blob_part").update();

        assertThatThrownBy(() -> fixture.load("air"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.DAMAGED_ARTIFACT));
        assertThat(fixture.loads).isEmpty();
    }

    @Test
    void triesAgainAfterFailedLoad() {
        fixture.register("air");
        fixture.whileLoading = () -> {
            throw new IllegalStateException("broken");
        };
        assertThatThrownBy(() -> fixture.load("air")).hasMessage("broken");

        fixture.whileLoading = () -> {};

        assertThat(fixture.load("air").version().version()).isEqualTo(1);
    }

    @Test
    void keepsServingPinnedVersionWhenAliasMoves() {
        fixture.register("air");
        LoadedModel pinned = fixture.load("air:1");
        fixture.register("air", Promotion.ALWAYS);

        assertThat(fixture.load("air").version().version()).isEqualTo(2);
        assertThat(fixture.load("air:1")).isEqualTo(pinned);
    }

    @Test
    void followsMoveOfAnotherProcessSoon() {
        var noMemory = new RegistryProperties(
                DataSize.ofMegabytes(1), DataSize.ofMegabytes(1), Duration.ZERO, 10, 10, 10, 2, 1);
        var other = new RegistryFixture(database, noMemory);
        fixture.register("air");
        assertThat(other.resolve("air")).isEqualTo(1);

        fixture.register("air", Promotion.ALWAYS);

        assertThat(other.resolve("air")).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
