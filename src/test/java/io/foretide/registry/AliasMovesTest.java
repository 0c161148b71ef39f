package io.foretide.registry;

import static io.foretide.registry.RegistryFixture.air;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

/** Moves of aliases: guarded, remembered, taken back. */
class AliasMovesTest extends RegistryTestBase {
    @BeforeEach
    void aModelWithFiveVersions() {
        for (int version = 1; version <= 5; version++) {
            fixture.register("air", Promotion.NEVER);
        }
    }

    @Test
    void givesEachMoveItsOwnRevision() {
        long first = fixture.move("stable", 1).revision();
        long same = fixture.move("stable", 1).revision();
        fixture.remove("stable");
        long remade = fixture.move("stable", 1).revision();

        assertThat(same).isEqualTo(first);
        assertThat(remade).isGreaterThan(first);
    }

    @Test
    void keepsAnotherReasonForTheSameVersionAsAMoveOfItsOwn() {
        ModelAlias first = move("stable", 1, "a");

        assertThat(move("stable", 1, "a")).isEqualTo(first);
        assertThat(move("stable", 1, "")).isEqualTo(first);
        assertThat(move("stable", 1, "b").revision()).isGreaterThan(first.revision());
        assertThat(history("stable")).containsExactly("1>1 b", "null>1 a");
    }

    @Test
    void movesOnlyFromTheStateThatIsAskedFor() {
        ModelAlias first = fixture.move("stable", 1);

        ModelAlias second = fixture.changes.moveAlias(air("stable", "", ifMatch(first.entityTag())), 2);

        assertThat(second.version()).isEqualTo(2);
        assertProblem(
                        ProblemType.ALIAS_MOVED,
                        () -> fixture.changes.moveAlias(air("stable", "", ifMatch(first.entityTag())), 3))
                .hasMessageContaining("points to version 2 since the move " + second.entityTag())
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.members()).containsEntry("version", 2).containsEntry("etag", second.entityTag());
                    assertThat(problem.headers()).containsEntry("ETag", second.entityTag());
                });
        assertProblem(
                ProblemType.ALIAS_MOVED,
                () -> fixture.changes.removeAlias(air("stable", "", ifMatch(first.entityTag()))));
        assertProblem(
                ProblemType.ALIAS_MOVED,
                () -> fixture.changes.rollBackAlias(air("stable", "", ifMatch(first.entityTag()))));
        assertThat(fixture.resolve("air@stable")).isEqualTo(2);
    }

    @Test
    void guardsByExistenceToo() {
        assertProblem(ProblemType.ALIAS_MOVED, () -> fixture.changes.moveAlias(air("stable", "", ifMatch("*")), 1))
                .hasMessageContaining("does not exist");

        fixture.changes.moveAlias(air("stable", "", ifNoneMatch("*")), 1);

        assertProblem(ProblemType.ALIAS_MOVED, () -> fixture.changes.moveAlias(air("stable", "", ifNoneMatch("*")), 2))
                .hasMessageContaining("points to version 1");
        assertThat(fixture.changes.moveAlias(air("stable", "", ifMatch("*")), 2).version())
                .isEqualTo(2);
    }

    @Test
    void letsOneOfManyWinWhoSawTheSameState() throws Exception {
        for (int round = 0; round < 5; round++) {
            Precondition seen = ifMatch(move("stable", 1, "round " + round).entityTag());
            var next = new AtomicInteger(2);

            List<String> outcomes = together(4, () -> {
                int version = next.getAndIncrement();
                try {
                    return "moved to "
                            + fixture.changes
                                    .moveAlias(air("stable", "", seen), version)
                                    .version();
                } catch (ProblemException e) {
                    return e.type().slug();
                }
            });

            assertThat(outcomes).containsOnlyOnce("moved to " + fixture.resolve("air@stable"));
            assertThat(outcomes).filteredOn("alias-moved"::equals).hasSize(3);
        }
    }

    @Test
    void letsOneOfManyMakeAnAlias() throws Exception {
        var next = new AtomicInteger(1);

        List<Boolean> made = together(4, () -> {
            try {
                fixture.changes.moveAlias(air("stable", "", ifNoneMatch("*")), next.getAndIncrement());
                return true;
            } catch (ProblemException e) {
                return false;
            }
        });

        assertThat(made).containsOnlyOnce(true);
        assertThat(history("stable")).hasSize(1);
    }

    @Test
    void goesOneStepFurtherBackWithEachRollback() {
        fixture.move("stable", 1);
        fixture.move("stable", 2);
        fixture.move("stable", 3);

        assertThat(rollBack("stable")).isEqualTo(2);
        assertThat(rollBack("stable")).isEqualTo(1);
        assertProblem(ProblemType.NOTHING_TO_ROLL_BACK, () -> rollBack("stable"));

        assertThat(fixture.resolve("air@stable")).isEqualTo(1);
        assertThat(history("stable")).containsExactly("2>1 back", "3>2 back", "2>3 ", "1>2 ", "null>1 ");
    }

    @Test
    void beginsAnewFromWhereAMoveLeads() {
        fixture.move("stable", 1);
        fixture.move("stable", 2);
        fixture.move("stable", 3);
        rollBack("stable");
        fixture.move("stable", 4);

        assertThat(rollBack("stable")).isEqualTo(2);
        assertThat(rollBack("stable")).isEqualTo(1);
        assertProblem(ProblemType.NOTHING_TO_ROLL_BACK, () -> rollBack("stable"));
    }

    @Test
    void passesOverVersionsThatAreGoneAndOverReasons() {
        fixture.move("stable", 1);
        fixture.move("stable", 2);
        fixture.move("stable", 3);
        fixture.move("stable", 2);
        move("stable", 2, "still right");
        fixture.registry.deleteVersion(AIR, 3);

        assertThat(rollBack("stable")).isEqualTo(1);
    }

    @Test
    void hasNothingToGoBackToAfterARemoval() {
        fixture.move("stable", 1);
        fixture.remove("stable");
        assertProblem(ProblemType.UNKNOWN_ALIAS, () -> rollBack("stable"));

        fixture.move("stable", 2);

        assertProblem(ProblemType.NOTHING_TO_ROLL_BACK, () -> rollBack("stable"))
                .hasMessageContaining("points to version 2");
        assertProblem(ProblemType.NOT_SUPPORTED, () -> rollBack("latest"));
    }

    @Test
    void rollsTheChampionBackForEverybody() {
        fixture.move("champion", 4);
        fixture.registry.promote(AIR, 5, new Cause("training job 17", "better"));
        assertThat(fixture.resolve("air")).isEqualTo(5);

        rollBack("champion");

        assertThat(fixture.resolve("air")).isEqualTo(4);
        assertThat(moves("champion", null, 9))
                .extracting(kept -> kept.move().cause().by())
                .containsExactly("anonymous", "training job 17", "anonymous");
    }

    @Test
    void remembersMovesPageByPageAlsoOfWhatIsGone() {
        fixture.move("stable", 1);
        fixture.move("stable", 2);
        fixture.remove("stable");
        fixture.registry.deleteModel(AIR);

        List<AliasTable.KeptMove> first = moves("stable", null, 2);
        assertThat(first).hasSize(3).extracting(kept -> kept.move().to()).containsExactly(null, 2, 1);
        List<AliasTable.KeptMove> second =
                moves("stable", String.valueOf(first.get(1).id()), 2);

        assertThat(second).extracting(kept -> kept.move().to()).containsExactly(1);
        assertThat(moves("other", null, 2)).isEmpty();
    }

    private ModelAlias move(String alias, int version, String reason) {
        return fixture.changes.moveAlias(air(alias, reason, Precondition.NONE), version);
    }

    private int rollBack(String alias) {
        return fixture.changes
                .rollBackAlias(air(alias, "back", Precondition.NONE))
                .version();
    }

    private List<AliasTable.KeptMove> moves(String alias, String cursor, int limit) {
        return fixture.store.aliases().history(AIR, new Selector.Alias(alias), new PageRequest(limit, cursor));
    }

    private List<String> history(String alias) {
        return moves(alias, null, 100).stream()
                .map(AliasTable.KeptMove::move)
                .map(move -> "%s>%s %s"
                        .formatted(move.from(), move.to(), move.cause().reason()))
                .toList();
    }

    private static Precondition ifMatch(String tags) {
        return condition(HttpHeaders.IF_MATCH, tags);
    }

    private static Precondition ifNoneMatch(String tags) {
        return condition(HttpHeaders.IF_NONE_MATCH, tags);
    }

    private static Precondition condition(String header, String tags) {
        var headers = new HttpHeaders();
        headers.add(header, tags);
        return Precondition.of(headers);
    }
}
