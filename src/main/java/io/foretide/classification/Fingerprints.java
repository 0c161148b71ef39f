package io.foretide.classification;

import io.foretide.network.TrainingFingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/** Numbers by which sequences are known again; two different ones have the same only by a chance of 2⁻⁶⁴. */
final class Fingerprints {
    private Fingerprints() {}

    static long of(Sequence sequence) {
        MessageDigest digest = TrainingFingerprint.newDigest();
        digest.update(bytes(sequence));
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** That of a whole training: of data, what was decided, and what it starts from. */
    static TrainingFingerprint of(List<LabelledSequence> data, String decided, byte[] parent) {
        MessageDigest digest = TrainingFingerprint.newDigest();
        for (LabelledSequence sequence : data) {
            byte[] label = String.valueOf(sequence.label()).getBytes(StandardCharsets.UTF_8);
            byte[] content = bytes(sequence.content());
            digest.update(ByteBuffer.allocate(2 * Integer.BYTES)
                    .putInt(label.length)
                    .putInt(content.length)
                    .flip());
            digest.update(label);
            digest.update(content);
        }
        digest.update(decided.getBytes(StandardCharsets.UTF_8));
        digest.update(parent);
        return TrainingFingerprint.of(digest.digest());
    }

    private static byte[] bytes(Sequence sequence) {
        return switch (sequence) {
            case Text(String text) -> text.getBytes(StandardCharsets.UTF_8);
            case Values values -> {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Integer.BYTES + Double.BYTES * values.steps() * values.channels());
                bytes.putInt(values.channels());
                for (int step = 0; step < values.steps(); step++) {
                    for (int channel = 0; channel < values.channels(); channel++) {
                        bytes.putLong(Double.doubleToLongBits(values.at(step, channel)));
                    }
                }
                yield bytes.array();
            }
        };
    }
}
