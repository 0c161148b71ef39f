package io.foretide.registry;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.storage.Blobs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The bytes of versions, each verified against its fingerprint before anything is made of it. */
@Component
final class Artifacts {
    private static final Logger log = LoggerFactory.getLogger(Artifacts.class);

    private final VersionTable versions;
    private final Blobs blobs;
    private final long maxSize;

    /** Where an artifact was put, and what it is. */
    record Stored(String blob, ArtifactInfo info) {}

    Artifacts(VersionTable versions, Blobs blobs, RegistryProperties limits) {
        this.versions = versions;
        this.blobs = blobs;
        this.maxSize = limits.maxArtifactSize().toBytes();
    }

    Stored store(byte[] artifact) {
        if (artifact.length > maxSize) {
            throw new ProblemException(
                            ProblemType.LIMIT_EXCEEDED,
                            "The artifact has %d bytes, and the limit is %d. Train a smaller network, or raise foretide.registry.max-artifact-size."
                                    .formatted(artifact.length, maxSize))
                    .with("limit", maxSize);
        }
        String blob = blobs.store(new ByteArrayInputStream(artifact));
        return new Stored(blob, new ArtifactInfo(artifact.length, DigestUtils.sha256Hex(artifact)));
    }

    /** The artifact of a version; a problem where it is not what was registered. */
    byte[] read(ModelVersion version) {
        byte[] artifact;
        try {
            artifact = blobs.read(blobOf(version), maxSize);
        } catch (NoSuchElementException e) {
            blobOf(version); // a problem of its own where the version was deleted meanwhile
            throw damaged(version, "none");
        }
        String found = DigestUtils.sha256Hex(artifact);
        if (!found.equals(version.artifact().sha256())) {
            throw damaged(version, found);
        }
        return artifact;
    }

    /** The artifact of a version to be sent on, compared with its fingerprint before its first byte is given out. */
    InputStream open(ModelVersion version) {
        String blob = blobOf(version);
        String found = sha256(blob);
        if (!found.equals(version.artifact().sha256())) {
            throw damaged(version, found);
        }
        return blobs.open(blob);
    }

    private String sha256(String blob) {
        try (InputStream bytes = blobs.open(blob)) {
            return DigestUtils.sha256Hex(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String blobOf(ModelVersion version) {
        return versions.artifactBlob(version.model(), version.version())
                .orElseThrow(() -> VersionTable.unknown(version.model(), version.version()));
    }

    /** Deletes a version together with its artifact. */
    void deleteWithVersion(ModelVersion version) {
        String blob = blobOf(version);
        versions.delete(version.model(), version.version());
        blobs.delete(blob);
    }

    private static ProblemException damaged(ModelVersion version, String found) {
        log.error(
                "artifact damaged model={} version={} expected_sha256={} found_sha256={}",
                version.model(),
                version.version(),
                version.artifact().sha256(),
                found);
        return new ProblemException(
                        ProblemType.DAMAGED_ARTIFACT,
                        "The stored artifact of %s is not the one that was registered: its SHA-256 differs. Restore the database from a backup, or use another version."
                                .formatted(version.reference()))
                .with("model", version.model().value())
                .with("version", version.version());
    }
}
