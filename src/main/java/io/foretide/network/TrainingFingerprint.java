package io.foretide.network;

import io.foretide.series.SeriesWriter;
import io.foretide.series.TimeSeries;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What a training follows from, as a SHA-256: equal for the same series, settings and seed, and no others.
 *
 * @param sha256 in hexadecimal digits
 */
public record TrainingFingerprint(String sha256) {
    public static final int BYTES = 32;

    public TrainingFingerprint {
        if (!sha256.matches("[0-9a-f]{%d}".formatted(2 * BYTES))) {
            throw new IllegalArgumentException("no SHA-256: " + sha256);
        }
    }

    static TrainingFingerprint of(List<TimeSeries> series, Plan.Planned planned, Smoothing smoothing) {
        MessageDigest digest = newDigest();
        SeriesWriter.writeJsonLines(series, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        var decided = List.of(planned.settings(), planned.seasonLengths(), planned.chosen(), smoothing);
        digest.update(decided.toString().getBytes(StandardCharsets.UTF_8));
        Predictor parent = planned.parent();
        if (parent != null) {
            digest.update(Artifact.write(parent));
        }
        return of(digest.digest());
    }

    /** @param sha256 of {@link #BYTES} bytes */
    public static TrainingFingerprint of(byte[] sha256) {
        return new TrainingFingerprint(HexFormat.of().formatHex(sha256));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(sha256);
    }

    /** Computes a SHA-256. */
    public static MessageDigest newDigest() {
        return DigestUtils.getSha256Digest();
    }
}
