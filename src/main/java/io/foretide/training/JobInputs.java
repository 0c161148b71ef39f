package io.foretide.training;

import io.foretide.series.SeriesDefaults;
import io.foretide.series.SeriesLimits;
import io.foretide.series.SeriesReader;
import io.foretide.series.SeriesWriter;
import io.foretide.series.TimeSeries;
import io.foretide.storage.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what jobs work on in the database: settings as JSON, series as compressed JSON Lines. */
@Component
final class JobInputs {
    /** What was accepted once is read again, whatever the limits are by then. */
    private static final SeriesLimits UNLIMITED =
            new SeriesLimits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private final Blobs blobs;
    private final JsonMapper json;

    JobInputs(Blobs blobs, JsonMapper json) {
        this.blobs = blobs;
        this.json = json;
    }

    /** Keeps the input of a job until the job ends, in the transaction that accepts the job. */
    JobInput store(Admitted work) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        String blob = blobs.store(out -> writeSeries(work.series(), out, digest));
        String dataSha256 = HexFormat.of().formatHex(digest.digest());
        String settingsJson = json.writeValueAsString(work.settings());
        digest.update(settingsJson.getBytes(StandardCharsets.UTF_8));
        digest.update(dataSha256.getBytes(StandardCharsets.UTF_8));
        return new JobInput(
                settingsJson,
                blob,
                dataSha256,
                HexFormat.of().formatHex(digest.digest()),
                json.writeValueAsString(work.audit()));
    }

    private static void writeSeries(List<TimeSeries> series, OutputStream out, MessageDigest digest)
            throws IOException {
        try (var compressed = new GZIPOutputStream(out)) {
            SeriesWriter.writeJsonLines(series, new DigestOutputStream(compressed, digest));
        }
    }

    JobSettings settings(JobInput input) {
        return json.readValue(input.settings(), JobSettings.class);
    }

    List<TimeSeries> series(JobInput input) {
        try (InputStream stored = blobs.open(input.blob());
                InputStream lines = new GZIPInputStream(stored)) {
            return new SeriesReader(UNLIMITED).readJsonLines(lines, SeriesDefaults.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
