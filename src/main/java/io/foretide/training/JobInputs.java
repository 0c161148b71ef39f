package io.foretide.training;

import io.foretide.storage.Blobs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what jobs work on in the database: settings as JSON, data compressed in the form that their task gives them. */
@Component
final class JobInputs {
    private final Blobs blobs;
    private final JsonMapper json;

    JobInputs(Blobs blobs, JsonMapper json) {
        this.blobs = blobs;
        this.json = json;
    }

    /** Keeps the input of a job until the job ends, in the transaction that accepts the job. */
    JobInput store(Admitted<?> work) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        String blob = blobs.store(out -> write(work, out, digest));
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

    private static <D> void write(Admitted<D> work, OutputStream out, MessageDigest digest) throws IOException {
        try (var compressed = new GZIPOutputStream(out)) {
            work.task().write(work.data(), new DigestOutputStream(compressed, digest));
        }
    }

    JobSettings settings(JobInput input) {
        return json.readValue(input.settings(), JobSettings.class);
    }

    /** @param goOn called before any bytes are read; what it throws ends the reading */
    <D> D data(JobInput input, TaskTraining<D> task, Runnable goOn) {
        try (InputStream stored = new WatchedInput(blobs.open(input.blob()), goOn);
                InputStream data = new GZIPInputStream(stored)) {
            return task.read(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
