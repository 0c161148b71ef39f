package io.foretide.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of a trained network: one zip of {@code manifest.json}, our own settings, {@code seen.json}, what the training
 * saw of each series, and {@code parameters.bin}, raw little-endian floats in the order of {@link WeightsFormat}.
 *
 * <p>Nothing in it names a class or is executed. Reading checks names, sizes and every number, so that a foreign file is
 * refused and never half-read. The same network gives the same bytes.
 */
public final class Artifact {
    private static final int FORMAT = 1;
    private static final String MANIFEST = "manifest.json";
    private static final String SEEN = "seen.json";
    private static final String PARAMETERS = "parameters.bin";
    private static final long MOST_MANIFEST_BYTES = 4L << 20;
    private static final long MOST_SEEN_BYTES = 64L << 20;
    private static final long MOST_PARAMETER_BYTES = 256L << 20;

    /** The zip format has no "no time"; this is its first. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(16).build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Artifact() {}

    private record Manifest(int format, Settings settings, Smoothing smoothing, HeadNumbers head) {}

    /** What a head has learned beside its weights. */
    private record HeadNumbers(@JsonProperty("deviations") double[] deviations) {}

    static byte[] write(Predictor predictor) {
        double[] deviations = predictor.head() instanceof MeanHead(double[] learned) ? learned : new double[0];
        var manifest = new Manifest(
                FORMAT, predictor.settings(), predictor.smoother().smoothing(), new HeadNumbers(deviations));
        float[] parameters = WeightsFormat.floats(predictor.weights());
        ByteBuffer floats = ByteBuffer.allocate(parameters.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.asFloatBuffer().put(parameters);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            write(zip, MANIFEST, JSON.writeValueAsBytes(manifest));
            write(zip, SEEN, JSON.writeValueAsBytes(predictor.seen()));
            write(zip, PARAMETERS, floats.array());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** Reads an artifact whose hash was verified; whatever is wrong with it is a problem, never executed. */
    public static Predictor read(byte[] artifact) {
        try {
            Map<String, byte[]> entries = entries(artifact);
            Manifest manifest = JSON.readValue(entry(entries, MANIFEST), Manifest.class);
            if (manifest.format() != FORMAT) {
                throw unreadable("its format is %d, this release reads %d".formatted(manifest.format(), FORMAT));
            }
            Seen seen = JSON.readValue(entry(entries, SEEN), Seen.class);
            float[] parameters = parameters(manifest.settings(), entry(entries, PARAMETERS));
            Weights weights = WeightsFormat.weights(manifest.settings(), parameters);
            return new Predictor(manifest.settings(), manifest.smoothing(), weights, head(manifest), seen);
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
            // Also a null where a record of ours has none: whatever the file made our own code stumble over.
            throw new ProblemException(
                    ProblemType.UNREADABLE_ARTIFACT, "The artifact is not one of Foretide's, or is damaged.", e);
        }
    }

    private static Head head(Manifest manifest) {
        double[] deviations = manifest.head().deviations();
        if (manifest.settings().forecast().loss() != Loss.SQUARED) {
            return Head.of(manifest.settings().forecast());
        }
        if (deviations.length != manifest.settings().forecast().horizon()) {
            throw unreadable("it has %d deviations".formatted(deviations.length));
        }
        return new MeanHead(deviations);
    }

    private static Map<String, byte[]> entries(byte[] artifact) throws IOException {
        Map<String, Long> limits =
                Map.of(MANIFEST, MOST_MANIFEST_BYTES, SEEN, MOST_SEEN_BYTES, PARAMETERS, MOST_PARAMETER_BYTES);
        Map<String, byte[]> entries = new HashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(artifact))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Long limit = limits.get(entry.getName());
                if (limit == null || entries.containsKey(entry.getName())) {
                    throw unreadable("it has an entry that does not belong there");
                }
                byte[] content = zip.readNBytes((int) (limit + 1));
                if (content.length > limit) {
                    throw unreadable("%s has more than %d bytes".formatted(entry.getName(), limit));
                }
                entries.put(entry.getName(), content);
            }
        }
        return entries;
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        byte[] content = entries.get(name);
        if (content == null) {
            throw unreadable("%s is missing".formatted(name));
        }
        return content;
    }

    private static float[] parameters(Settings settings, byte[] bytes) {
        long expected = WeightsFormat.count(settings);
        if (bytes.length != expected * Float.BYTES) {
            throw unreadable("it has %d bytes of parameters, its settings need %d"
                    .formatted(bytes.length, expected * Float.BYTES));
        }
        float[] parameters = new float[(int) expected];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(parameters);
        for (float parameter : parameters) {
            if (!Float.isFinite(parameter)) {
                throw unreadable("a parameter is not finite");
            }
        }
        return parameters;
    }

    private static ProblemException unreadable(String reason) {
        return new ProblemException(ProblemType.UNREADABLE_ARTIFACT, "The artifact cannot be read: " + reason + ".");
    }
}
