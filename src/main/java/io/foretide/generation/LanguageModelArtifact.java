package io.foretide.generation;

import io.foretide.network.Artifact;
import io.foretide.network.ArtifactJson;
import io.foretide.network.StoredZip;
import io.foretide.network.StoredZip.Entry;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes of a language model: a {@link StoredZip} of {@code manifest.json}, our own settings, {@code vocabulary.json}, its
 * tokens in the order of their numbers, {@code seen.json}, what it was trained on, {@code record.json}, how the training went,
 * and {@code parameters.bin}, raw little-endian floats in the order of {@link io.foretide.kernel.TokenShape}.
 *
 * <p>Nothing in it names a class or is executed; reading checks names, sizes and every number.
 */
public final class LanguageModelArtifact {
    /** What the manifest names as its task. */
    public static final String TASK = "generate";

    private static final int FORMAT = 1;
    private static final byte[] NO_RECORD = "{}".getBytes(StandardCharsets.UTF_8);

    /** What an artifact consists of, in this order. */
    private enum Part {
        MANIFEST("manifest.json", 1 << 20),
        VOCABULARY("vocabulary.json", 64 << 20),
        SEEN("seen.json", 1 << 20),
        RECORD("record.json", 512 << 10),
        PARAMETERS("parameters.bin", 1 << 30);

        private static final List<String> NAMES =
                Stream.of(values()).map(part -> part.entry).toList();

        private final String entry;
        private final int limit;

        Part(String entry, int limit) {
            this.entry = entry;
            this.limit = limit;
        }

        ByteBuffer of(List<Entry> entries) {
            return entries.get(ordinal()).content().duplicate();
        }

        <T> T read(List<Entry> entries, Class<T> type) {
            return ArtifactJson.read(entry, of(entries), type);
        }
    }

    private record Manifest(String task, int format, LanguageSettings settings) {}

    private LanguageModelArtifact() {}

    /** The artifact of a model, without a record. */
    public static byte[] write(LanguageModel model) {
        float[] parameters = model.parameters();
        ByteBuffer floats = ByteBuffer.allocate(parameters.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(parameters);
        return StoredZip.write(List.of(
                new Entry(Part.MANIFEST.entry, ArtifactJson.write(new Manifest(TASK, FORMAT, model.settings()))),
                new Entry(
                        Part.VOCABULARY.entry,
                        ArtifactJson.write(model.vocabulary().known())),
                new Entry(Part.SEEN.entry, ArtifactJson.write(model.seen())),
                new Entry(Part.RECORD.entry, NO_RECORD),
                new Entry(Part.PARAMETERS.entry, floats.array())));
    }

    /** The same artifact with another record, which says how the model came about. */
    public static byte[] withRecord(byte[] artifact, Object value) {
        byte[] record = ArtifactJson.write(value);
        if (record.length > Part.RECORD.limit) {
            throw new IllegalArgumentException("a record of " + record.length + " bytes");
        }
        List<Entry> entries = new ArrayList<>(entries(artifact));
        entries.set(Part.RECORD.ordinal(), new Entry(Part.RECORD.entry, record));
        return StoredZip.write(entries);
    }

    /** The record in an artifact; a problem where it has not exactly the fields of the type. */
    public static <T> T record(byte[] artifact, Class<T> type) {
        return Part.RECORD.read(entries(artifact), type);
    }

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. Its record is not looked into. */
    public static LanguageModel read(byte[] artifact) {
        List<Entry> entries = entries(artifact);
        try {
            Manifest manifest = Part.MANIFEST.read(entries, Manifest.class);
            ByteBuffer parameters = Part.PARAMETERS.of(entries);
            check(manifest, parameters.remaining());
            List<String> known = ArtifactJson.readTexts(Part.VOCABULARY.entry, Part.VOCABULARY.of(entries));
            SeenText seen = Part.SEEN.read(entries, SeenText.class);
            return new LanguageModel(manifest.settings(), new Vocabulary(known), Artifact.floats(parameters), seen);
        } catch (IllegalArgumentException | NullPointerException e) {
            // Also a null where a record of ours has none: whatever the file made our own code stumble over.
            throw new ProblemException(
                    ProblemType.UNREADABLE_ARTIFACT, "The artifact is not one of Foretide's, or is damaged.", e);
        }
    }

    /** Everything that sizes are taken from, before anything is allocated by them. */
    private static void check(Manifest manifest, int parameterBytes) {
        if (!manifest.task().equals(TASK)) {
            throw Artifact.unreadable("its task is not " + TASK);
        }
        if (manifest.format() != FORMAT) {
            throw Artifact.unreadable(
                    "its format is %d, and this release reads %d".formatted(manifest.format(), FORMAT));
        }
        long expected = manifest.settings().shape().parameters() * Float.BYTES;
        if (parameterBytes != expected) {
            throw Artifact.unreadable(
                    "it has %d bytes of parameters, and its settings need %d".formatted(parameterBytes, expected));
        }
    }

    private static List<Entry> entries(byte[] artifact) {
        List<Entry> entries = Artifact.entries(artifact, Part.NAMES);
        for (Part part : Part.values()) {
            int size = part.of(entries).remaining();
            if (size > part.limit) {
                throw Artifact.unreadable(
                        "%s has %d bytes, and the limit is %d".formatted(part.entry, size, part.limit));
            }
        }
        return entries;
    }
}
