package io.foretide.classification;

import io.foretide.network.Artifact;
import io.foretide.network.ArtifactJson;
import io.foretide.network.RecurrentCore;
import io.foretide.network.StoredZip;
import io.foretide.network.StoredZip.Entry;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.text.Tokenizer;
import io.foretide.text.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a trained classifier: a zip of {@code manifest.json}, which names its task, {@code labels.json},
 * {@code vocabulary.json}, {@code seen.bin}, fingerprints of what it learned from, {@code record.json}, how it came about, and
 * two files of little-endian numbers, {@code patterns.bin} and {@code parameters.bin}.
 *
 * <p>Nothing in it names a class or is executed. Reading checks names, sizes and every number. The same classifier and record
 * give the same bytes.
 */
public final class ClassifierArtifact {
    /** What {@code manifest.json} says of its {@code task}. */
    public static final String TASK = "classify";

    private static final int FORMAT = 2;
    private static final byte[] NO_RECORD = "{}".getBytes(StandardCharsets.UTF_8);

    /** What an artifact consists of, in this order. */
    private enum Part {
        MANIFEST("manifest.json", 16 << 20),
        LABELS("labels.json", 4 << 20),
        VOCABULARY("vocabulary.json", 64 << 20),
        SEEN("seen.bin", 64 << 20),
        /** No more than the row of a version has room for. */
        RECORD("record.json", 512 << 10),
        PATTERNS("patterns.bin", 256 << 20),
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
            return entries.get(ordinal()).content().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        }

        <T> T read(List<Entry> entries, Class<T> type) {
            return ArtifactJson.read(entry, of(entries), type);
        }
    }

    private record Words(Tokenizer tokenizer, int embedded) {}

    private record ValuePart(Taps taps, double[] bias, double[] unheard) {}

    private record WordPart(int words, int beginnings, int pairs, double[] bias) {}

    private record Manifest(
            int format,
            String task,
            ClassifierSettings settings,
            double[] shares,
            @Nullable ValueScale values,
            @Nullable Words words,
            @Nullable ValuePart valuePatterns,
            @Nullable WordPart wordPatterns,
            Blend blend) {}

    private ClassifierArtifact() {}

    /** The artifact of a classifier, without a record. */
    public static byte[] write(Classifier classifier) {
        Classifier.Parts parts = classifier.parts();
        Reader reader = parts.reader();
        var manifest = new Manifest(
                FORMAT,
                TASK,
                classifier.settings(),
                parts.shares(),
                reader instanceof ValueScale scale ? scale : null,
                reader instanceof WordReader words ? new Words(words.tokenizer(), words.embedded()) : null,
                parts.patterns() instanceof ValuePatterns some
                        ? new ValuePart(some.taps, some.bias, some.unheard)
                        : null,
                parts.patterns() instanceof WordPatterns some
                        ? new WordPart(
                                some.index.words(), some.index.beginnings(), some.index.pairs().length, some.bias)
                        : null,
                parts.blend());
        List<String> vocabulary =
                reader instanceof WordReader words ? words.vocabulary().known() : List.of();
        ByteBuffer seen = room(Long.BYTES * (long) parts.seen().length);
        seen.asLongBuffer().put(parts.seen());
        return StoredZip.write(List.of(
                new Entry(Part.MANIFEST.entry, ArtifactJson.write(manifest)),
                new Entry(Part.LABELS.entry, ArtifactJson.write(parts.labels())),
                new Entry(Part.VOCABULARY.entry, ArtifactJson.write(vocabulary)),
                new Entry(Part.SEEN.entry, seen),
                new Entry(Part.RECORD.entry, NO_RECORD),
                new Entry(Part.PATTERNS.entry, patterns(parts.patterns())),
                new Entry(Part.PARAMETERS.entry, floats(parts.networks().parameters()))));
    }

    private static ByteBuffer patterns(PatternBranch patterns) {
        return switch (patterns) {
            case ValuePatterns some -> floats(List.of(some.thresholds, some.weights));
            case WordPatterns some -> {
                ByteBuffer weights = floats(List.of(some.weights, some.squares));
                long[] pairs = some.index.pairs();
                ByteBuffer all = room(Long.BYTES * (long) pairs.length + weights.remaining());
                for (long pair : pairs) {
                    all.putLong(pair);
                }
                yield all.put(weights).flip();
            }
            case NoPatterns _ -> room(0);
        };
    }

    private static ByteBuffer floats(List<float[]> arrays) {
        ByteBuffer all =
                room(Float.BYTES * arrays.stream().mapToLong(one -> one.length).sum());
        for (float[] one : arrays) {
            for (float number : one) {
                all.putFloat(number);
            }
        }
        return all.flip();
    }

    private static ByteBuffer room(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. Its record is not looked into. */
    public static Classifier read(byte[] artifact) {
        List<Entry> entries = entries(artifact);
        try {
            return classifier(Part.MANIFEST.read(entries, Manifest.class), entries);
        } catch (IllegalArgumentException | NullPointerException | ArithmeticException e) {
            // Also a null where a record of ours has none: whatever the file made our own code stumble over.
            throw new ProblemException(
                    ProblemType.UNREADABLE_ARTIFACT, "The artifact is not one of Foretide's, or is damaged.", e);
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

    private static Classifier classifier(Manifest manifest, List<Entry> entries) {
        if (manifest.format() != FORMAT || !manifest.task().equals(TASK)) {
            throw Artifact.unreadable("its format is %d of the task %s, and this release reads %d of %s"
                    .formatted(manifest.format(), manifest.task(), FORMAT, TASK));
        }
        List<String> labels = ArtifactJson.readTexts(Part.LABELS.entry, Part.LABELS.of(entries));
        ClassifierSettings settings = manifest.settings();
        require(labels.size() >= 2 && labels.size() <= Labels.MOST, "its labels are " + labels.size());
        require(labels.stream().distinct().count() == labels.size(), "one of its labels is there twice");
        require(labels.stream().allMatch(Labels::isLabel), "one of its labels is empty, too long or no text");
        require(manifest.shares().length == labels.size(), "its shares are of other labels");
        require(addUpToOne(manifest.shares()), "its shares do not add up to 1");
        require(manifest.blend().bias().length == labels.size(), "its blend is of other labels");
        Reader reader = reader(manifest, entries);
        RecurrentCore core = Classifier.core(settings, reader, labels.size());
        long embedded = reader instanceof WordReader words ? words.embedded() : 0;
        long each = core.parameters() + embedded * core.inputs();
        ByteBuffer bytes = Part.PARAMETERS.of(entries);
        long expected = Float.BYTES * each * settings.network().members();
        require(
                bytes.remaining() == expected,
                "it has %d bytes of parameters, and its settings need %d".formatted(bytes.remaining(), expected));
        float[] numbers = Artifact.floats(bytes);
        List<float[]> members = new ArrayList<>();
        for (int member = 0; member < settings.network().members(); member++) {
            members.add(Arrays.copyOfRange(numbers, (int) (member * each), (int) ((member + 1) * each)));
        }
        var networks = new RecurrentBranch(core, labels.size(), (int) embedded, members);
        var parts = new Classifier.Parts(
                labels,
                manifest.shares(),
                reader,
                networks,
                readPatterns(manifest, reader, labels.size(), Part.PATTERNS.of(entries)),
                manifest.blend(),
                seen(Part.SEEN.of(entries)));
        return new Classifier(settings, parts);
    }

    private static boolean addUpToOne(double[] shares) {
        return Arrays.stream(shares).allMatch(share -> share >= 0)
                && Math.abs(Arrays.stream(shares).sum() - 1) < 1e-6;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw Artifact.unreadable(reason);
        }
    }

    private static Reader reader(Manifest manifest, List<Entry> entries) {
        ValueScale scale = manifest.values();
        Words words = manifest.words();
        boolean text = manifest.settings().readsText();
        if (scale != null && words == null && !text) {
            require(scale.channels() == manifest.settings().channels(), "its scale is of other channels");
            require(scale.normalization() == manifest.settings().normalization(), "its scale is of another kind");
            return scale;
        }
        if (words == null || scale != null || !text) {
            throw Artifact.unreadable("it reads neither values nor text alone");
        }
        List<String> known = ArtifactJson.readTexts(Part.VOCABULARY.entry, Part.VOCABULARY.of(entries));
        return new WordReader(words.tokenizer(), new Vocabulary(known), words.embedded());
    }

    private static PatternBranch readPatterns(Manifest manifest, Reader reader, int labels, ByteBuffer bytes) {
        ValuePart values = manifest.valuePatterns();
        WordPart words = manifest.wordPatterns();
        if (values != null && words == null && !manifest.settings().readsText()) {
            float[] all = Artifact.floats(bytes);
            int count = all.length / (1 + labels);
            return new ValuePatterns(
                    values.taps(),
                    manifest.settings().channels(),
                    labels,
                    Arrays.copyOf(all, count),
                    Arrays.copyOfRange(all, count, all.length),
                    values.bias(),
                    values.unheard());
        }
        if (words != null && values == null && reader instanceof WordReader known) {
            return wordPatterns(words, known, labels, bytes);
        }
        if (values == null && words == null && manifest.settings().patterns() == 0) {
            require(!bytes.hasRemaining(), "it has patterns, and its settings none");
            return new NoPatterns(labels);
        }
        throw Artifact.unreadable("its patterns are of another kind than its sequences");
    }

    private static WordPatterns wordPatterns(WordPart part, WordReader reader, int labels, ByteBuffer bytes) {
        long patterns = (long) part.words() + part.beginnings() + part.pairs();
        long expected = (long) Long.BYTES * part.pairs() + Float.BYTES * (labels + 1) * patterns;
        require(
                part.pairs() >= 0 && bytes.remaining() == expected,
                "its patterns have %d bytes, and need %d".formatted(bytes.remaining(), expected));
        long[] pairs = new long[part.pairs()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = bytes.getLong();
        }
        var index = new WordIndex(reader.beginnings(), part.words(), part.beginnings(), pairs);
        float[] all = Artifact.floats(bytes.slice());
        int weights = Math.toIntExact(labels * patterns);
        return new WordPatterns(
                index, labels, Arrays.copyOf(all, weights), Arrays.copyOfRange(all, weights, all.length), part.bias());
    }

    private static long[] seen(ByteBuffer bytes) {
        require(bytes.remaining() % Long.BYTES == 0, "its fingerprints end before their end");
        long[] seen = new long[bytes.remaining() / Long.BYTES];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = bytes.getLong();
            require(i == 0 || seen[i] > seen[i - 1], "its fingerprints do not ascend");
        }
        return seen;
    }

    /** The same artifact with another record, which says how the classifier came about. */
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
}
