package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes versions of artifacts that were exported, here or elsewhere. */
@Component
final class Imports {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ArtifactRecords records;
    private final RegistryRoom room;
    private final Changes changes;
    private final RegistryMetrics metrics;
    private final RegistryProperties limits;
    private final Semaphore places;
    private final Clock clock;

    /**
     * An artifact as a client sends it.
     *
     * @param sha256 the fingerprint that it must have, where the client says so
     */
    record Sent(InputStream bytes, Optional<String> sha256) {}

    /** A version that has the artifact; {@code added} unless the model had it before. */
    record Kept(ModelVersion version, Outcome outcome) {}

    /** What became of an import. */
    enum Outcome {
        ADDED,
        REPEATED,
        REFUSED
    }

    Imports(
            ArtifactRecords records,
            RegistryRoom room,
            Changes changes,
            RegistryMetrics metrics,
            RegistryProperties limits,
            Clock clock) {
        this.records = records;
        this.room = room;
        this.changes = changes;
        this.metrics = metrics;
        this.limits = limits;
        this.places = new Semaphore(limits.maxImports());
        this.clock = clock;
    }

    /**
     * Keeps an artifact under the next number of its model, and promotes it as told. Where a version of the model has the
     * same bytes, it is that one: a repeat adds nothing.
     */
    Kept keep(ModelName model, Sent sent, Promotion promotion) {
        room.requireRoom(model);
        // Each one holds a whole artifact in memory, and as much again while it is read.
        if (!places.tryAcquire()) {
            throw tooMany();
        }
        Outcome outcome = Outcome.REFUSED;
        try {
            Kept kept = changes.importVersion(read(model, sent, promotion));
            outcome = kept.outcome();
            return kept;
        } finally {
            places.release();
            metrics.imported(outcome);
        }
    }

    private NewVersion read(ModelName model, Sent sent, Promotion promotion) {
        byte[] artifact = bytes(sent.bytes());
        String sha256 = DigestUtils.sha256Hex(artifact);
        sent.sha256().filter(expected -> !expected.equals(sha256)).ifPresent(expected -> {
            throw changedOnTheWay(expected, sha256);
        });
        Model network = Model.read(artifact);
        ObjectNode provenance = records.describe(network, artifact);
        provenance
                .putObject("imported")
                .put("by", Cause.ANYBODY)
                .put("at", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("sha256", sha256);
        return new NewVersion(model, network.task(), null, artifact, provenance, promotion);
    }

    private byte[] bytes(InputStream sent) {
        int limit = Math.toIntExact(limits.maxArtifactSize().toBytes());
        try {
            byte[] bytes = sent.readNBytes(limit);
            if (bytes.length == limit && sent.read() >= 0) {
                throw new ProblemException(
                                ProblemType.BODY_TOO_LARGE,
                                "The artifact is larger than %d bytes. Train a smaller network, or raise foretide.registry.max-artifact-size."
                                        .formatted(limit))
                        .with("limit", limit);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProblemException tooMany() {
        return new ProblemException(
                        ProblemType.TOO_MANY_IMPORTS,
                        "%d artifacts are being imported already, and the limit is %d. Try again later, or raise foretide.registry.max-imports."
                                .formatted(limits.maxImports(), limits.maxImports()))
                .with("limit", limits.maxImports())
                .retryAfter(RETRY_AFTER);
    }

    private static ProblemException changedOnTheWay(String expected, String found) {
        return new ProblemException(
                ProblemType.UNREADABLE_ARTIFACT,
                "The artifact changed on its way: its SHA-256 is %s, and Repr-Digest says %s. Send it again."
                        .formatted(found, expected));
    }
}
