package io.foretide.network;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Recognises files that are taken for artifacts by mistake, by how they begin; nothing of them is read. */
final class ForeignBytes {
    /** Where the name of a zip's first entry stands. */
    private static final int FIRST_NAME = 30;

    private record Kind(int offset, byte[] bytes, String reason) {
        Kind(int offset, String text, String reason) {
            this(offset, text.getBytes(StandardCharsets.ISO_8859_1), reason);
        }

        boolean matches(byte[] file) {
            int end = offset + bytes.length;
            return file.length >= end && Arrays.equals(file, offset, end, bytes, 0, bytes.length);
        }
    }

    private static final String DEEPLEARNING4J =
            "it is a model saved by Deeplearning4j itself, which has weights but neither scales nor settings of a forecast. Train it here, by POST /api/v1/models/{name}/train";

    private static final List<Kind> KINDS = List.of(
            new Kind(0, "\u00ac\u00ed\0\5", "it is a serialized Java object, and those are never read"),
            new Kind(0, "\u001f\u008b", "it is compressed by gzip. Unpack it, or send it with Content-Encoding: gzip"),
            new Kind(FIRST_NAME, "configuration.json", DEEPLEARNING4J),
            new Kind(FIRST_NAME, "coefficients.bin", DEEPLEARNING4J));

    private ForeignBytes() {}

    /** What the file is, as the rest of a sentence; empty where it may be one of ours. */
    static Optional<String> reason(byte[] file) {
        if (file.length == 0) {
            return Optional.of("it is empty");
        }
        Optional<String> known = KINDS.stream()
                .filter(kind -> kind.matches(file))
                .map(Kind::reason)
                .findFirst();
        boolean isZip = new Kind(0, "PK\3\4", "").matches(file);
        return known.isPresent() || isZip ? known : Optional.of("it is no zip");
    }
}
