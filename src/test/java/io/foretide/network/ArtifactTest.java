package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArtifactTest {
    private final Predictor predictor =
            TestNetworks.random(TestNetworks.settings(CellType.LSTM, 2, 5, Loss.QUANTILE), 3);

    @ParameterizedTest
    @EnumSource(Loss.class)
    void readPredictorForecastsTheSameBits(Loss loss) {
        Predictor written = TestNetworks.random(TestNetworks.settings(CellType.SIMPLE_RNN, 1, 5, loss), 3);
        double[] target = TestNetworks.target(9, 40);

        Predictor read = Artifact.read(Artifact.write(written));

        assertThat(read.predict(target, 12, LEVELS).quantiles())
                .isDeepEqualTo(written.predict(target, 12, LEVELS).quantiles());
        assertThat(read.settings()).isEqualTo(written.settings());
    }

    @Test
    void theSameNetworkGivesTheSameBytes() {
        assertThat(Artifact.write(Artifact.read(Artifact.write(predictor)))).isEqualTo(Artifact.write(predictor));
    }

    @Test
    void refusesEveryTruncation() {
        byte[] artifact = Artifact.write(predictor);

        for (int length = 0; length < artifact.length - 200; length += 97) {
            assertUnreadable(Arrays.copyOf(artifact, length));
        }
    }

    @Test
    void refusesWhatIsNoneOfOurs() throws IOException {
        var serialized = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(serialized)) {
            out.writeObject(new HashMap<>(Map.of("a", "b")));
        }

        assertUnreadable("not a zip".getBytes(StandardCharsets.UTF_8));
        assertUnreadable(serialized.toByteArray());
        assertUnreadable(zip(Map.of("configuration.json", bytes("{}"), "coefficients.bin", new byte[8])));
        assertUnreadable(with("../../escaped", bytes("x")));
        assertUnreadable(with("preprocessor.bin", serialized.toByteArray()));
    }

    @Test
    void refusesManifestsThatDoNotFit() throws IOException {
        String manifest = new String(entries().get("manifest.json"), StandardCharsets.UTF_8);

        assertUnreadable(with("manifest.json", bytes("{}")));
        assertUnreadable(with("manifest.json", bytes("null")));
        assertUnreadable(with("manifest.json", bytes(manifest.replace("\"units\":9", "\"units\":10"))));
        assertUnreadable(with("manifest.json", bytes(manifest.replace("\"units\":9", "\"units\":-1"))));
        assertUnreadable(with("manifest.json", bytes(manifest.replace("\"format\":1", "\"format\":2"))));
        assertUnreadable(with("manifest.json", bytes(manifest.replace("\"layers\":2", "\"layers\":2000000000"))));
        assertUnreadable(with("manifest.json", bytes(manifest.replace("{\"format\"", "{\"@class\":\"x\",\"format\""))));
        assertUnreadable(with("manifest.json", bytes("[".repeat(100_000))));
    }

    @Test
    void refusesParametersThatAreNotFinite() throws IOException {
        byte[] parameters = entries().get("parameters.bin");
        ByteBuffer.wrap(parameters).order(ByteOrder.LITTLE_ENDIAN).putFloat(40, Float.NaN);

        assertUnreadable(with("parameters.bin", parameters));
    }

    @Test
    void refusesAZipBomb() throws IOException {
        assertUnreadable(with("manifest.json", new byte[64 << 20]));
    }

    private static void assertUnreadable(byte[] artifact) {
        assertThatThrownBy(() -> Artifact.read(artifact))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT));
    }

    private Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(Artifact.write(predictor)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    private byte[] with(String name, byte[] content) throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put(name, content);
        return zip(entries);
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
