package io.foretide.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.network.StoredZip.Entry;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no artifact of ours, by accident or by intent: each is refused, and says why. */
class HostileArtifactTest {
    private byte[] artifact = Artifact.write(TestNetworks.small(Loss.SQUARED));

    @Test
    void refusesEveryFlippedBit() {
        for (int at = 0; at < artifact.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                artifact[at] ^= (byte) (1 << bit);
                assertUnreadable(artifact);
                artifact[at] ^= (byte) (1 << bit);
            }
        }

        assertThat(Artifact.read(artifact).settings()).isNotNull();
    }

    @Test
    void refusesEveryTruncation() {
        for (int length = 0; length < artifact.length; length++) {
            assertUnreadable(Arrays.copyOf(artifact, length));
        }
    }

    @Test
    void refusesTrailingBytes() {
        assertUnreadable(Arrays.copyOf(artifact, artifact.length + 1));
        assertUnreadable(join(artifact, artifact)).hasMessageContaining("bytes follow its last entry");
        assertUnreadable(join(new byte[1], artifact));
    }

    @Test
    void saysWhatAForeignFileIs() throws IOException {
        assertUnreadable(new byte[0]).hasMessageContaining("it is empty");
        assertUnreadable(bytes("item_id,timestamp,target\n")).hasMessageContaining("it is no zip");
        assertUnreadable(gzip(artifact)).hasMessageContaining("gzip");
        assertUnreadable(new byte[] {'P', 'K', 3, 4}).hasMessageContaining("it ends where the entry manifest.json");
        assertUnreadable(new byte[] {'P', 'K', 5, 6}).hasMessageContaining("it is no zip");
    }

    @Test
    void saysThatAModelOfDeeplearning4jIsNone() throws IOException {
        var network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(4).nOut(3).build())
                .layer(new RnnOutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        network.init();
        var file = new ByteArrayOutputStream();
        ModelSerializer.writeModel(network, file, true);
        network.close();

        assertUnreadable(file.toByteArray())
                .hasMessageContaining("Deeplearning4j")
                .hasMessageContaining("/train");
    }

    /** Would say that it was read. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;
        private static volatile boolean wasRead;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            wasRead = true;
        }
    }

    @Test
    void readsNoObject() throws IOException {
        var serialized = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(serialized)) {
            out.writeObject(new Gadget());
        }

        assertUnreadable(serialized.toByteArray()).hasMessageContaining("serialized Java object");
        for (String entry : List.of("manifest.json", "seen.json", "parameters.bin")) {
            assertUnreadable(with(entry, serialized.toByteArray()));
        }
        assertUnreadable(zip(Map.of("preprocessor.bin", serialized.toByteArray())));

        assertThat(Gadget.wasRead).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../escaped",
                "/etc/passwd",
                "..\\escaped",
                "C:\\escaped",
                "manifest.json/",
                "MANIFEST.JSON",
                "manifest.json\0.txt",
                "\u001b[31m",
                "",
            })
    void refusesOtherNames(String name) throws IOException {
        Map<String, byte[]> entries = contents();
        entries.put(name, bytes("x"));
        assertUnreadable(zip(entries));

        assertUnreadable(StoredZip.write(entriesRenaming("manifest.json", name)))
                .hasMessageContaining("where manifest.json should be")
                .message()
                .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void refusesEntriesThatAreMissingDoubledOrOutOfOrder() {
        List<Entry> entries = entries();

        assertUnreadable(StoredZip.write(List.of()));
        assertUnreadable(StoredZip.write(entries.subList(0, 3)));
        assertUnreadable(StoredZip.write(entries.reversed())).hasMessageContaining("'parameters.bin' where manifest");
        List<Entry> doubled = new ArrayList<>(entries);
        doubled.add(entries.getFirst());
        assertUnreadable(StoredZip.write(doubled)).hasMessageContaining("bytes follow its last entry");
    }

    @Test
    void inflatesNothing() throws IOException {
        byte[] bomb = zip(Map.of("manifest.json", new byte[64 << 20]));
        assertThat(bomb.length).isLessThan(100_000);

        assertUnreadable(bomb).hasMessageContaining("manifest.json is compressed");
        assertUnreadable(with("manifest.json", bomb)).hasMessageContaining("manifest.json is no valid JSON");
        assertUnreadable(zip(contents())).hasMessageContaining("is compressed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1_000_000})
    void trustsNoClaimedSize(int claimed) {
        byte[] lying = artifact.clone();
        ByteBuffer.wrap(lying)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(18, claimed)
                .putInt(22, claimed);

        assertUnreadable(lying);
    }

    @Test
    void refusesEntriesThatOverlap() {
        byte[] overlapping = artifact.clone();
        ByteBuffer zip = ByteBuffer.wrap(overlapping).order(ByteOrder.LITTLE_ENDIAN);
        int directory = zip.getInt(overlapping.length - 6);
        zip.putInt(directory + 46 + "manifest.json".length() + 42, 0); // the second entry where the first one is

        assertUnreadable(overlapping).hasMessageContaining("directory");
    }

    @Test
    void limitsEachEntry() {
        assertUnreadable(with("record.json", new byte[1 << 20])).hasMessageContaining("the limit is 524288");
        assertUnreadable(with("manifest.json", new byte[5 << 20])).hasMessageContaining("the limit is 4194304");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"format\":1            | \"format\":2                  | its format is 2",
                "\"horizon\":3           | \"horizon\":-1                | horizon and context must be positive",
                "\"horizon\":3           | \"horizon\":0                 | horizon and context must be positive",
                "\"horizon\":3           | \"horizon\":2147483647        | its horizon is 2147483647",
                "\"horizon\":3           | \"horizon\":2147483648        | a number that is too large",
                "\"horizon\":3           | \"horizon\":2                 | its settings need",
                "\"horizon\":3           | \"horizon\":3.5               | is not what this release writes",
                "\"horizon\":3           | \"horizon\":\"3\"             | is not what this release writes",
                "\"horizon\":3           | \"horizon\":null              | is not what this release writes",
                "\"context\":24          | \"context\":-24               | horizon and context must be positive",
                "\"season_length\":4     | \"season_length\":2000000000  | season length must lie in",
                "\"season_length\":4     | \"season_length\":0           | season length must lie in",
                "\"season_lengths\":[4]  | \"season_lengths\":[1]        | must ascend from 2",
                "\"season_lengths\":[4]  | \"season_lengths\":[4,4]      | must ascend from 2",
                "\"season_lengths\":[4]  | \"season_lengths\":[2000000]  | season length must lie in",
                "\"loss\":\"squared\"    | \"loss\":\"quantile\"         | 0 quantile levels",
                "\"loss\":\"squared\"    | \"loss\":\"absolute\"         | is not what this release writes",
                "\"loss\":\"squared\"    | \"loss\":0                    | is not what this release writes",
                "\"units\":2             | \"units\":2000000000          | units must lie in",
                "\"units\":2             | \"units\":-2                  | units must lie in",
                "\"units\":2             | \"units\":3                   | its settings need",
                "\"layers\":1            | \"layers\":1000000            | layers in",
                "\"layers\":1            | \"layers\":0                  | layers in",
                "\"cell\":\"lstm\"       | \"cell\":\"gru\"              | its settings need",
                "\"cell\":\"lstm\"       | \"cell\":null                 | is not what this release writes",
                "\"dropout\":0.0         | \"dropout\":\"NaN\"           | /settings/network/dropout is no finite number",
                "\"members\":1           | \"members\":2                | its settings need",
                "\"members\":1           | \"members\":0                | members must lie in [1, 8]",
                "\"members\":1           | \"members\":9                | members must lie in [1, 8]",
                "\"members\":1           | \"members\":2000000000       | members must lie in [1, 8]",
                "\"members\":1           | \"members\":null             | is not what this release writes",
                "\"epochs\":2            | \"epochs\":-2                 | epochs, batch size and patience",
                "\"learning_rate\":0.01  | \"learning_rate\":1e999       | /settings/training/learning_rate is no finite number",
                "\"typical_scale\":1.0   | \"typical_scale\":1e999       | /smoothing/typical_scale is no finite number",
                "\"typical_scale\":1.0   | \"typical_scale\":\"NaN\"     | /smoothing/typical_scale is no finite number",
                "\"relative_scale\":0.1  | \"relative_scale\":-0.1       | scales must be positive and finite",
                "\"level_rates\":[0.3]   | \"level_rates\":[\"Infinity\"] | /smoothing/level_rates/0 is no finite number",
                "\"deviations\":[1.5,    | \"deviations\":[\"NaN\",      | /head/deviations/0 is no finite number",
                "\"deviations\":[1.5,    | \"deviations\":[1e999,        | /head/deviations/0 is no finite number",
                "\"deviations\":[1.5,    | \"deviations\":[-1.5,         | one of its deviations is -1.5",
                "\"deviations\":[1.5,    | \"deviations\":[2e15,         | one of its deviations is 2.0E15",
                "\"deviations\":[1.5,    | \"deviations\":[              | it has 2 deviations",
                "{\"format\":1           | {\"@class\":\"x\",\"format\":1 | unknown field /@class",
                "{\"format\":1           | {\"format\":1,\"format\":1    | is no valid JSON",
                "{\"format\":1,          | {                             | is not what this release writes",
                "{\"format\":1,          | {\"format\":1,,               | is no valid JSON",
            })
    void refusesManifestsWithValuesThatDoNotFit(String written, String hostile, String reason) {
        assertManifestRefused(written, hostile, reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void refusesOtherNumbersOfMembersThanThereAreParametersOf(int members) {
        Settings settings = TestNetworks.settings(CellType.GRU, 1, 3, Loss.SQUARED);
        artifact = Artifact.write(TestNetworks.random(settings.withMembers(3), 1));

        assertManifestRefused("\"members\":3", "\"members\":" + members, "its settings need");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[0.9,0.1]       | must ascend",
                "[0.1,0.1]       | must ascend",
                "[0.1,1.0]       | must lie in (0, 1)",
                "[0.5,0.503]     | its quantile levels 0.5 and 0.503 almost coincide",
                "[0.1,0.10000000000000002] | almost coincide",
                "[-0.1]          | must lie in (0, 1)",
                "[\"NaN\"]       | /settings/forecast/quantiles/0 is no finite number",
                "null            | is not what this release writes",
            })
    void refusesQuantileLevelsThatAreNone(String levels, String reason) {
        assertManifestRefused("\"quantiles\":[]", "\"quantiles\":" + levels, reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"share\":1.0           | \"share\":1.5                | must lie in [0.0, 1.0]",
                "\"stretches\":[[1.0,    | \"stretches\":[[-1.0,         | must lie in [0.0, 10.0]",
                "\"stretches\":[[1.0,    | \"stretches\":[[              | its calibration must have",
            })
    void refusesCalibrationsThatDoNotFit(String written, String hostile, String reason) {
        artifact = Artifact.write(TestNetworks.small(Loss.QUANTILE));

        assertManifestRefused(written, hostile, reason);
    }

    private void assertManifestRefused(String written, String hostile, String reason) {
        String manifest = new String(contents().get("manifest.json"), StandardCharsets.UTF_8);
        assertThat(manifest).contains(written);

        int at = manifest.indexOf(written);
        String changed = manifest.substring(0, at) + hostile + manifest.substring(at + written.length());

        assertUnreadable(with("manifest.json", bytes(changed))).hasMessageContaining(reason);
    }

    @Test
    void refusesManifestsOfAnotherShape() {
        for (String manifest : List.of("", "{}", "null", "[]", "1", "{\"a\":".repeat(10_000), "[".repeat(100_000))) {
            assertUnreadable(with("manifest.json", bytes(manifest)));
        }
        assertUnreadable(with("seen.json", bytes("{\"spans\":{\"a\":{\"steps\":-1,\"until\":null}}}")));
        assertUnreadable(with("seen.json", bytes("{\"spans\":{\"a\":null}}")));
        assertUnreadable(with("seen.json", bytes("{\"spans\":null}")));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesParametersThatAreNotFinite(float value) {
        byte[] parameters = contents().get("parameters.bin");
        ByteBuffer.wrap(parameters).order(ByteOrder.LITTLE_ENDIAN).putFloat(40, value);

        assertUnreadable(with("parameters.bin", parameters)).hasMessageContaining("parameter 10 is " + value);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnreadable(byte[] artifact) {
        return assertThatThrownBy(() -> Artifact.read(artifact))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.UNREADABLE_ARTIFACT));
    }

    private List<Entry> entries() {
        return StoredZip.read(artifact, List.of("manifest.json", "seen.json", "record.json", "parameters.bin"));
    }

    private List<Entry> entriesRenaming(String from, String to) {
        return entries().stream()
                .map(entry -> entry.name().equals(from) ? new Entry(to, entry.content()) : entry)
                .toList();
    }

    private Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (Entry entry : entries()) {
            byte[] content = new byte[entry.content().remaining()];
            entry.content().duplicate().get(content);
            contents.put(entry.name(), content);
        }
        return contents;
    }

    /** A zip of the right form, with another content. */
    private byte[] with(String name, byte[] content) {
        return StoredZip.write(entries().stream()
                .map(entry -> entry.name().equals(name) ? new Entry(name, content) : entry)
                .toList());
    }

    /** A zip as other programs write it, compressed. */
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

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
