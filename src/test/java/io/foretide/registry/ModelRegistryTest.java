package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelRegistryTest extends RegistryTestBase {
    @Test
    void numbersVersionsFromOne() {
        ModelVersion first = fixture.register("air");
        ModelVersion second = fixture.register("air");

        assertThat(first.version()).isEqualTo(1);
        assertThat(second.version()).isEqualTo(2);
        assertThat(fixture.register("sea").version()).isEqualTo(1);
    }

    @Test
    void keepsVersionAsItWasRegistered() {
        ModelVersion registered = fixture.registry.register(fixture.version("air", "job", Promotion.NEVER));

        assertThat(fixture.registry.resolve(ModelReference.version(AIR, 1))).isEqualTo(registered);
        assertThat(registered.createdAt()).isEqualTo(Instant.parse("2026-01-05T09:30:00.123Z"));
        assertThat(registered.artifact().size()).isEqualTo(15);
        assertThat(registered.provenance().get("seed").asInt()).isEqualTo(42);
        assertThat(fixture.registry.publishedBy("job")).contains(registered);
        assertThat(fixture.registry.publishedBy("other")).isEmpty();
        assertThat(fixture.registry.task(AIR)).contains(Task.FORECAST);
    }

    @Test
    void makesFirstVersionChampionAndLaterOnesOnlyWhenTold() {
        fixture.register("air");
        fixture.register("air");

        assertThat(fixture.resolve("air")).isEqualTo(1);
        assertThat(fixture.resolve("air@latest")).isEqualTo(2);

        fixture.register("air", Promotion.ALWAYS);

        assertThat(fixture.resolve("air")).isEqualTo(3);
        assertThat(fixture.resolve("air@latest")).isEqualTo(3);
        assertThat(fixture.resolve("air:1")).isEqualTo(1);
    }

    @Test
    void leavesModelWithoutChampionWhenToldSo() {
        fixture.register("air", Promotion.NEVER);

        assertThat(fixture.registry.champion(AIR)).isEmpty();
        assertProblem(ProblemType.UNKNOWN_ALIAS, () -> fixture.resolve("air"));

        fixture.register("air", Promotion.IF_NO_CHAMPION);

        assertThat(fixture.registry.champion(AIR)).map(ModelVersion::version).contains(2);
    }

    @Test
    void keepsTheReasonOfEachMove() {
        fixture.register("air");
        fixture.register("air");

        fixture.registry.promote(AIR, 2, new Cause("training job 17", "better on the last quarter"));

        assertThat(fixture.resolve("air")).isEqualTo(2);
        assertThat(history())
                .containsExactly("null>1 imported: there was no champion", "1>2 better on the last quarter");
    }

    @Test
    void saysWhatIsUnknown() {
        fixture.register("air");

        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.resolve("sea"));
        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.resolve("sea:1"));
        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.resolve("sea@latest"));
        assertProblem(ProblemType.UNKNOWN_VERSION, () -> fixture.resolve("air:2"));
        assertProblem(ProblemType.UNKNOWN_ALIAS, () -> fixture.resolve("air@stable"));
        assertProblem(ProblemType.UNKNOWN_VERSION, () -> fixture.registry.promote(AIR, 2, Cause.ofClient("")));
        assertProblem(
                ProblemType.UNKNOWN_MODEL, () -> fixture.registry.promote(new ModelName("sea"), 1, Cause.ofClient("")));
        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.registry.deleteModel(new ModelName("sea")));
        assertProblem(ProblemType.UNKNOWN_VERSION, () -> fixture.registry.deleteVersion(AIR, 2));
    }

    @Test
    void givesNoNumberTwice() {
        fixture.register("air");
        fixture.register("air");

        fixture.registry.deleteVersion(AIR, 2);
        assertThat(fixture.register("air").version()).isEqualTo(3);

        fixture.registry.deleteModel(AIR);
        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.resolve("air"));
        assertThat(fixture.register("air").version()).isEqualTo(4);
        assertThat(fixture.resolve("air")).isEqualTo(4);
    }

    @Test
    void leavesNothingOfWhatIsRolledBack() {
        fixture.register("air");

        ModelVersion seen = fixture.rolledBack(() -> {
            fixture.register("air", Promotion.ALWAYS);
            fixture.register("sea");
            fixture.load("air");
            return fixture.registry.resolve(ModelReference.champion(AIR));
        });

        assertThat(seen.version()).isEqualTo(2);
        assertThat(fixture.resolve("air@latest")).isEqualTo(1);
        assertThat(fixture.load("air").version().version()).isEqualTo(1);
        assertProblem(ProblemType.UNKNOWN_MODEL, () -> fixture.resolve("sea"));
        assertThat(count("blob")).isEqualTo(1);
        assertThat(fixture.register("air").version()).isEqualTo(2);
    }

    @Test
    void publishesOneVersionPerJob() {
        ModelVersion first = fixture.registry.register(fixture.version("air", "job", Promotion.ALWAYS));
        ModelVersion again = fixture.registry.register(fixture.version("air", "job", Promotion.ALWAYS));

        assertThat(again).isEqualTo(first);
        assertThat(count("model_version")).isEqualTo(1);
        assertThatThrownBy(() -> fixture.registry.register(fixture.version("sea", "job", Promotion.ALWAYS)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(count("model")).isEqualTo(1);
    }

    @Test
    void fixesTheTaskOfModelWithItsFirstVersion() {
        fixture.register("air");
        NewVersion wanted = fixture.version("air", null, Promotion.ALWAYS);
        var other = new NewVersion(
                wanted.model(), Task.CLASSIFY, null, wanted.artifact(), wanted.provenance(), wanted.promotion());

        assertProblem(ProblemType.TASK_MISMATCH, () -> fixture.registry.register(other));

        fixture.registry.deleteModel(AIR);
        assertThat(fixture.registry.register(other).version()).isEqualTo(2);
    }

    @Test
    void refusesArtifactThatIsTooLarge() {
        NewVersion wanted = fixture.version("air", null, Promotion.ALWAYS);
        var large = new NewVersion(
                wanted.model(), Task.FORECAST, null, new byte[4_000_000], wanted.provenance(), wanted.promotion());

        assertProblem(ProblemType.LIMIT_EXCEEDED, () -> fixture.registry.register(large));
        assertThat(count("model_number")).isZero();
    }

    @Test
    void keepsVersionThatIsInUse() {
        fixture.register("air");
        fixture.register("air");
        fixture.move("stable", 1);
        fixture.uses.put("air:2", "session s1");

        assertProblem(ProblemType.IN_USE, () -> fixture.registry.deleteVersion(AIR, 1))
                .hasMessageContaining("champion, stable");
        assertProblem(ProblemType.IN_USE, () -> fixture.registry.deleteVersion(AIR, 2))
                .hasMessageContaining("session s1");

        fixture.uses.clear();
        fixture.registry.deleteVersion(AIR, 2);
        assertProblem(ProblemType.UNKNOWN_VERSION, () -> fixture.resolve("air:2"));
    }

    @Test
    void keepsModelThatIsInUse() {
        fixture.register("air");
        fixture.uses.put("air", "training job 17");

        assertProblem(ProblemType.IN_USE, () -> fixture.registry.deleteModel(AIR))
                .hasMessageContaining("training job 17");
        assertThat(fixture.resolve("air")).isEqualTo(1);
    }

    @Test
    void freesAllThatDeletedModelHeld() {
        fixture.register("air");
        fixture.register("air");
        fixture.load("air:1");

        fixture.registry.deleteModel(AIR);

        assertThat(count("blob_part")).isZero();
        assertThat(count("model_alias")).isZero();
        assertThat(fixture.gauge()).isZero();
        assertThat(history()).last().isEqualTo("1>null the model was deleted");
    }

    @Test
    void keepsChampionAndComputesLatest() {
        fixture.register("air");
        var stable = "stable";
        fixture.move(stable, 1);

        fixture.remove(stable);

        assertProblem(ProblemType.UNKNOWN_ALIAS, () -> fixture.resolve("air@stable"));
        assertProblem(ProblemType.UNKNOWN_ALIAS, () -> fixture.remove(stable));
        assertProblem(ProblemType.IN_USE, () -> fixture.remove("champion"));
        assertProblem(ProblemType.NOT_SUPPORTED, () -> fixture.remove("latest"));
        assertProblem(ProblemType.NOT_SUPPORTED, () -> fixture.move("latest", 1));
    }

    @Test
    void limitsAliasesOfModel() {
        fixture.register("air");
        fixture.move("a", 1);
        fixture.move("b", 1);

        assertProblem(ProblemType.LIMIT_EXCEEDED, () -> fixture.move("c", 1));
    }

    @Test
    void registersOneNameFromManyThreadsAtOnce() throws Exception {
        for (int round = 0; round < 5; round++) {
            String name = "raced-" + round;

            List<Integer> numbers = together(4, () -> fixture.register(name).version());

            assertThat(numbers).containsExactlyInAnyOrder(1, 2, 3, 4);
            assertThat(fixture.resolve(name + "@latest")).isEqualTo(4);
        }
    }

    @Test
    void publishesOnceForJobThatRunsTwice() throws Exception {
        List<Integer> numbers = together(
                4,
                () -> fixture.registry
                        .register(fixture.version("air", "job", Promotion.ALWAYS))
                        .version());

        assertThat(numbers).containsOnly(1);
    }

    private List<String> history() {
        return database.client()
                .sql("select from_version, to_version, reason from alias_move where model = 'air' order by id")
                .query((row, _) -> row.getString(1) + ">" + row.getString(2) + " " + row.getString(3))
                .list();
    }
}
