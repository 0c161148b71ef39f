package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.foretide.network.StoredZip.Entry;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import io.foretide.series.QuantileLevel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a trained network: a {@link StoredZip} of {@code manifest.json}, our own settings, {@code seen.json}, what
 * the training saw of each series, {@code record.json}, how it went and how good the network is, and
 * {@code parameters.bin}, raw little-endian floats in the order of {@link WeightsFormat}.
 *
 * <p>Nothing in it names a class or is executed. Reading checks names, sizes and every number, so that a foreign file is
 * refused and never half-read. The same network and record give the same bytes.
 */
public final class Artifact {
    /** Enough for hundreds of thousands of series. */
    static final int MOST_SEEN_BYTES = 64 << 20;

    private static final int FORMAT = 1;

    /** What an artifact consists of, in this order. */
    private enum Part {
        MANIFEST("manifest.json", 4 << 20),
        SEEN("seen.json", MOST_SEEN_BYTES),
        /** No more than the row of a version has room for. */
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

    private static final byte[] NO_RECORD = "{}".getBytes(StandardCharsets.UTF_8);

    private Artifact() {}

    private record Manifest(int format, Settings settings, Smoothing smoothing, HeadNumbers head) {}

    /** A manifest of a network that reads more than the target. */
    private record ManifestWithFeatures(
            int format, Settings settings, Features features, Smoothing smoothing, HeadNumbers head) {
        static ManifestWithFeatures of(Manifest manifest) {
            return new ManifestWithFeatures(
                    manifest.format(),
                    manifest.settings(),
                    manifest.settings().features(),
                    manifest.smoothing(),
                    manifest.head());
        }

        Manifest manifest() {
            return new Manifest(format, settings.reading(features), smoothing, head);
        }
    }

    /** What a head has learned beside its weights. */
    private record HeadNumbers(
            @JsonProperty("deviations") double[] deviations,
            @JsonProperty("calibration") @Nullable Calibration calibration) {
        static HeadNumbers of(Head head) {
            return switch (head) {
                case MeanHead(double[] deviations) -> new HeadNumbers(deviations, null);
                case QuantileHead quantiles -> new HeadNumbers(new double[0], quantiles.calibration());
                case CountHead _ -> new HeadNumbers(new double[0], null);
            };
        }
    }

    /** The artifact of a network, without a record. */
    static byte[] write(Predictor predictor) {
        var manifest = new Manifest(
                FORMAT, predictor.settings(), predictor.smoother().smoothing(), HeadNumbers.of(predictor.head()));
        float[] parameters = WeightsFormat.floats(predictor.members());
        ByteBuffer floats = ByteBuffer.allocate(parameters.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(parameters);
        return StoredZip.write(List.of(
                new Entry(
                        Part.MANIFEST.entry,
                        ArtifactJson.write(
                                predictor.features().isEmpty() ? manifest : ManifestWithFeatures.of(manifest))),
                new Entry(Part.SEEN.entry, ArtifactJson.write(predictor.seen())),
                new Entry(Part.RECORD.entry, NO_RECORD),
                new Entry(Part.PARAMETERS.entry, floats.array())));
    }

    /** The same artifact with another record, which says how the network came about. */
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

    /** What the manifest of an artifact says of its task: nothing where it forecasts, or where the manifest cannot be read. */
    public static Optional<String> task(byte[] artifact) {
        try {
            return ArtifactJson.text(
                    StoredZip.first(artifact, Part.MANIFEST.entry).content(), "task");
        } catch (StoredZip.DifferentException e) {
            return Optional.empty(); // whoever reads it says what is wrong
        }
    }

    /** Reads an artifact; whatever is wrong with it is a problem, never executed. Its record is not looked into. */
    public static Predictor read(byte[] artifact) {
        List<Entry> entries = entries(artifact);
        try {
            Manifest manifest = manifest(entries);
            ByteBuffer parameters = Part.PARAMETERS.of(entries);
            check(manifest, parameters.remaining());
            Seen seen = Part.SEEN.read(entries, Seen.class);
            List<Weights> members = WeightsFormat.members(manifest.settings(), floats(parameters));
            return new Predictor(manifest.settings(), manifest.smoothing(), members, head(manifest), seen);
        } catch (IllegalArgumentException | NullPointerException e) {
            // Also a null where a record of ours has none: whatever the file made our own code stumble over.
            throw new ProblemException(
                    ProblemType.UNREADABLE_ARTIFACT, "The artifact is not one of Foretide's, or is damaged.", e);
        }
    }

    private static Manifest manifest(List<Entry> entries) {
        return ArtifactJson.hasField(Part.MANIFEST.of(entries), "features")
                ? Part.MANIFEST.read(entries, ManifestWithFeatures.class).manifest()
                : Part.MANIFEST.read(entries, Manifest.class);
    }

    /** The entries of an artifact of whichever task, which must be these; whatever is wrong with it is a problem. */
    public static List<Entry> entries(byte[] artifact, List<String> names) {
        ForeignBytes.reason(artifact).ifPresent(reason -> {
            throw unreadable(reason);
        });
        try {
            return StoredZip.read(artifact, names);
        } catch (StoredZip.DifferentException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static List<Entry> entries(byte[] artifact) {
        List<Entry> entries = entries(artifact, Part.NAMES);
        for (Part part : Part.values()) {
            int size = part.of(entries).remaining();
            if (size > part.limit) {
                throw unreadable("%s has %d bytes, and the limit is %d".formatted(part.entry, size, part.limit));
            }
        }
        return entries;
    }

    /** Everything that sizes are taken from, before anything is allocated by them. */
    private static void check(Manifest manifest, int parameterBytes) {
        if (manifest.format() != FORMAT) {
            throw unreadable("its format is %d, and this release reads %d".formatted(manifest.format(), FORMAT));
        }
        ForecastSettings forecast = manifest.settings().forecast();
        if (forecast.loss() == Loss.QUANTILE && forecast.quantiles().size() < 2) {
            throw unreadable("it has %d quantile levels, and between fewer than 2 none can be read"
                    .formatted(forecast.quantiles().size()));
        }
        if (forecast.loss() == Loss.QUANTILE && !forecast.quantiles().contains(QuantileLevel.MEDIAN)) {
            throw unreadable("the median is not among its quantile levels");
        }
        checkLevels(forecast.quantiles());
        // Each future step has parameters of its own, so their number bounds what a horizon can be.
        if (forecast.horizon() > parameterBytes / Float.BYTES) {
            throw unreadable("its horizon is %d, and it has %d bytes of parameters"
                    .formatted(forecast.horizon(), parameterBytes));
        }
        long expected = WeightsFormat.countOfAll(manifest.settings()) * Float.BYTES;
        if (parameterBytes != expected) {
            throw unreadable(
                    "it has %d bytes of parameters, and its settings need %d".formatted(parameterBytes, expected));
        }
    }

    private static void checkLevels(List<QuantileLevel> levels) {
        for (int i = 1; i < levels.size(); i++) {
            if (NormalQuantiles.almostCoincide(levels.get(i - 1), levels.get(i))) {
                throw unreadable(
                        "its quantile levels %s and %s almost coincide".formatted(levels.get(i - 1), levels.get(i)));
            }
        }
    }

    private static Head head(Manifest manifest) {
        double[] deviations = manifest.head().deviations();
        ForecastSettings forecast = manifest.settings().forecast();
        int expected = forecast.loss() == Loss.SQUARED ? forecast.horizon() : 0;
        if (deviations.length != expected) {
            throw unreadable("it has %d deviations, and its settings need %d".formatted(deviations.length, expected));
        }
        for (double deviation : deviations) {
            if (!(deviation >= 0 && deviation <= MeanHead.MOST_DEVIATION)) {
                throw unreadable("one of its deviations is %s, and they lie in [0, %s]"
                        .formatted(deviation, MeanHead.MOST_DEVIATION));
            }
        }
        Calibration calibration = calibration(manifest);
        return switch (forecast.loss()) {
            case SQUARED -> new MeanHead(deviations);
            case QUANTILE -> new QuantileHead(forecast.quantiles(), Objects.requireNonNull(calibration));
            case NEGATIVE_BINOMIAL -> new CountHead();
        };
    }

    private static @Nullable Calibration calibration(Manifest manifest) {
        Calibration calibration = manifest.head().calibration();
        ForecastSettings forecast = manifest.settings().forecast();
        if ((calibration != null) != (forecast.loss() == Loss.QUANTILE)) {
            throw unreadable("it has a calibration exactly where it forecasts quantiles: not so here");
        }
        if (calibration != null) {
            boolean fits = calibration.stretches().length == forecast.horizon();
            for (double[] step : calibration.stretches()) {
                fits &= step.length == forecast.quantiles().size();
            }
            if (!fits) {
                throw unreadable("its calibration must have %d steps of %d levels"
                        .formatted(forecast.horizon(), forecast.quantiles().size()));
            }
        }
        return calibration;
    }

    /** Little-endian numbers, each of which must be finite. */
    public static float[] floats(ByteBuffer bytes) {
        FloatBuffer buffer = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] parameters = new float[buffer.remaining()];
        buffer.get(parameters);
        for (int i = 0; i < parameters.length; i++) {
            if (!Float.isFinite(parameters[i])) {
                throw unreadable("parameter %d is %s".formatted(i, parameters[i]));
            }
        }
        return parameters;
    }

    /** The problem of an artifact of which a reason is known, as the rest of a sentence. */
    public static ProblemException unreadable(String reason) {
        return new ProblemException(ProblemType.UNREADABLE_ARTIFACT, "The artifact cannot be read: " + reason + ".");
    }
}
