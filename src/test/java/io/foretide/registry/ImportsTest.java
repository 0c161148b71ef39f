package io.foretide.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.network.TestNetworks;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.util.unit.DataSize;

class ImportsTest extends RegistryTestBase {
    private final byte[] artifact = TestNetworks.artifact(1);

    @Test
    void keepsTheBytesAndSaysWhereTheyComeFrom() throws IOException {
        Imports.Kept kept = keep(artifact, Promotion.IF_NO_CHAMPION);

        ModelVersion version = fixture.registry.resolve(ModelReference.champion(AIR));
        assertThat(kept.outcome()).isEqualTo(Imports.Outcome.ADDED);
        assertThat(version).isEqualTo(kept.version());
        assertThat(version.jobId()).isNull();
        assertThat(version.artifact().sha256()).isEqualTo(DigestUtils.sha256Hex(artifact));
        assertThat(version.provenance().at("/imported/sha256").asString()).isEqualTo(DigestUtils.sha256Hex(artifact));
        assertThat(version.provenance().at("/imported/by").asString()).isEqualTo("anonymous");
        assertThat(version.provenance().at("/imported/at").asString()).isEqualTo("2026-01-05T09:30:00.123Z");
        assertThat(version.provenance().at("/seed").asInt()).isEqualTo(7);
        try (InputStream out = fixture.store.artifacts().open(version)) {
            assertThat(out.readAllBytes()).isEqualTo(artifact);
        }
    }

    @Test
    void addsNothingWhenRepeated() {
        keep(artifact, Promotion.NEVER);

        Imports.Kept again = keep(artifact, Promotion.ALWAYS);

        assertThat(again.outcome()).isEqualTo(Imports.Outcome.REPEATED);
        assertThat(again.version().version()).isEqualTo(1);
        assertThat(fixture.resolve("air")).isEqualTo(1);
        assertThat(count("blob")).isEqualTo(1);
        assertThat(keep(TestNetworks.artifact(2), Promotion.NEVER).version().version())
                .isEqualTo(2);
    }

    @Test
    void addsOneVersionForManyWhoSendTheSame() throws Exception {
        List<Integer> numbers =
                together(2, () -> keep(artifact, Promotion.NEVER).version().version());

        assertThat(numbers).containsOnly(1);
        assertThat(count("model_version")).isEqualTo(1);
    }

    @Test
    void promotesAsTold() {
        keep(TestNetworks.artifact(1), Promotion.NEVER);
        assertThat(fixture.registry.champion(AIR)).isEmpty();

        keep(TestNetworks.artifact(2), Promotion.IF_NO_CHAMPION);
        keep(TestNetworks.artifact(3), Promotion.IF_NO_CHAMPION);
        assertThat(fixture.resolve("air")).isEqualTo(2);

        keep(TestNetworks.artifact(4), Promotion.ALWAYS);
        assertThat(fixture.resolve("air")).isEqualTo(4);
    }

    @Test
    void leavesNothingOfWhatIsRefused() {
        assertProblem(ProblemType.UNREADABLE_ARTIFACT, () -> keep(new byte[0], Promotion.ALWAYS));
        assertProblem(
                ProblemType.UNREADABLE_ARTIFACT,
                () -> keep(Arrays.copyOf(artifact, artifact.length - 1), Promotion.ALWAYS));
        assertProblem(ProblemType.BODY_TOO_LARGE, () -> keep(new byte[(3 << 20) + 1], Promotion.ALWAYS));
        assertProblem(
                        ProblemType.UNREADABLE_ARTIFACT,
                        () -> fixture.imports.keep(
                                AIR,
                                new Imports.Sent(
                                        new ByteArrayInputStream(artifact),
                                        Optional.of(DigestUtils.sha256Hex("other".getBytes(StandardCharsets.UTF_8)))),
                                Promotion.ALWAYS))
                .hasMessageContaining("changed on its way");

        assertEmpty();
        assertThat(imports("refused")).isEqualTo(4);
    }

    @Test
    void leavesNothingOfABodyThatBreaksOff() {
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(artifact, 0, 100), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        });

        assertThatThrownBy(
                        () -> fixture.imports.keep(AIR, new Imports.Sent(broken, Optional.empty()), Promotion.ALWAYS))
                .isInstanceOf(UncheckedIOException.class);

        assertEmpty();
    }

    @Test
    void leavesNothingWhenTheDatabaseFailsInTheMiddle() {
        database.client()
                .sql("alter table model_alias rename to model_alias_away")
                .update();

        assertThatThrownBy(() -> keep(artifact, Promotion.ALWAYS)).isInstanceOf(DataAccessException.class);

        assertEmpty();
    }

    @Test
    void keepsTheTaskOfTheModel() {
        NewVersion other = fixture.version("air", null, Promotion.ALWAYS);
        fixture.registry.register(new NewVersion(
                other.model(), Task.CLASSIFY, null, other.artifact(), other.provenance(), other.promotion()));

        assertProblem(ProblemType.TASK_MISMATCH, () -> keep(TestNetworks.artifact(2), Promotion.ALWAYS));
    }

    @Test
    void addsNoMoreVersionsThanAModelMayHave() {
        var limits =
                new RegistryProperties(DataSize.ofMegabytes(1), DataSize.ofMegabytes(3), Duration.ZERO, 3, 10, 1, 2, 1);
        var full = new RegistryFixture(database, limits);
        var first = new Imports.Sent(new ByteArrayInputStream(artifact), Optional.empty());
        full.imports.keep(AIR, first, Promotion.NEVER);

        var second = new Imports.Sent(new ByteArrayInputStream(TestNetworks.artifact(2)), Optional.empty());

        assertProblem(ProblemType.LIMIT_EXCEEDED, () -> full.imports.keep(AIR, second, Promotion.NEVER));
    }

    @Test
    void holdsNoMoreArtifactsInMemoryThanItsLimit() throws Exception {
        var arrived = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        try (var executor = Executors.newFixedThreadPool(2)) {
            List<Future<Imports.Kept>> running = List.of(1, 2).stream()
                    .map(seed -> executor.submit(() -> fixture.imports.keep(
                            AIR,
                            new Imports.Sent(
                                    new SequenceInputStream(
                                            waiting(arrived, go),
                                            new ByteArrayInputStream(TestNetworks.artifact(seed))),
                                    Optional.empty()),
                            Promotion.NEVER)))
                    .toList();
            arrived.await();

            assertProblem(ProblemType.TOO_MANY_IMPORTS, () -> keep(artifact, Promotion.NEVER));

            go.countDown();
            for (Future<Imports.Kept> one : running) {
                assertThat(one.get().outcome()).isEqualTo(Imports.Outcome.ADDED);
            }
        }
        assertThat(keep(artifact, Promotion.NEVER).outcome()).isEqualTo(Imports.Outcome.REPEATED);
    }

    /** No bytes, as soon as it may go on. */
    private static InputStream waiting(CountDownLatch arrived, CountDownLatch go) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                arrived.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }
        };
    }

    private Imports.Kept keep(byte[] bytes, Promotion promotion) {
        return fixture.imports.keep(
                AIR, new Imports.Sent(new ByteArrayInputStream(bytes), Optional.empty()), promotion);
    }

    private void assertEmpty() {
        for (String table : List.of("blob", "blob_part", "model", "model_number", "model_version", "alias_move")) {
            assertThat(count(table)).as(table).isZero();
        }
    }

    private double imports(String outcome) {
        return fixture.meters
                .get(RegistryMetrics.IMPORTS)
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
