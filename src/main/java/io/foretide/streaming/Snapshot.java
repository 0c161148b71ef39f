package io.foretide.streaming;

import io.foretide.registry.ModelName;
import io.foretide.registry.ModelReference;
import io.foretide.streaming.ByteSource.UnreadableException;
import java.nio.charset.StandardCharsets;

/**
 * A session as a client keeps it, to restore it later. Its bytes are meant to be sealed by {@link Signatures}.
 *
 * @param version the number of the version that its states are of
 */
record Snapshot(ModelName model, int version, SessionSettings settings, History history) {
    /** Raised with every change of these bytes. */
    private static final int FORMAT = 1;

    static Snapshot of(StoredSession session) {
        return new Snapshot(session.reference().model(), session.version(), session.settings(), session.history());
    }

    /** The name of exactly the version. */
    ModelReference reference() {
        return ModelReference.version(model, version);
    }

    byte[] toBytes() {
        byte[] written = HistoryFormat.write(history);
        var to = new ByteSink(written.length + 512);
        to.putByte(FORMAT);
        to.putBytes(model.value().getBytes(StandardCharsets.UTF_8));
        to.putWhole(version);
        to.putBytes(SettingsFormat.write(settings).getBytes(StandardCharsets.UTF_8));
        to.putBytes(written);
        return to.toByteArray();
    }

    /** @throws UnreadableException where this release cannot have written it */
    static Snapshot ofBytes(byte[] bytes) {
        var from = new ByteSource(bytes);
        int format = from.takeByte();
        if (format != FORMAT) {
            throw new UnreadableException("the snapshot has format " + format + ", and this release reads " + FORMAT);
        }
        try {
            var model = new ModelName(new String(from.takeBytes(), StandardCharsets.UTF_8));
            int version = (int) from.takeUpTo(Integer.MAX_VALUE);
            SessionSettings settings = SettingsFormat.read(new String(from.takeBytes(), StandardCharsets.UTF_8));
            return new Snapshot(model, version, settings, HistoryFormat.read(from.takeBytes()));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("a snapshot cannot be: " + e.getMessage(), e);
        }
    }
}
