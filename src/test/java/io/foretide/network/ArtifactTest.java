package io.foretide.network;

import static io.foretide.network.TestNetworks.LEVELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @ParameterizedTest
    @EnumSource(CellType.class)
    void everyCellIsReadAsItWasWritten(CellType cell) {
        Predictor written = TestNetworks.random(TestNetworks.settings(cell, 3, 5, Loss.QUANTILE), 4);
        double[] target = TestNetworks.target(9, 40);

        Predictor read = Artifact.read(Artifact.write(written));

        assertThat(read.predict(target, 12, LEVELS).quantiles())
                .isDeepEqualTo(written.predict(target, 12, LEVELS).quantiles());
        assertThat(WeightsFormat.floats(read.members())).containsExactly(WeightsFormat.floats(written.members()));
    }

    @Test
    void theSameNetworkGivesTheSameBytes() {
        assertThat(Artifact.write(Artifact.read(Artifact.write(predictor)))).isEqualTo(Artifact.write(predictor));
    }

    private record Diary(int page, String text) {}

    @Test
    void carriesARecordThatChangesNothingElse() {
        var record = new Diary(7, "a good day");

        byte[] artifact = Artifact.withRecord(Artifact.write(predictor), record);

        assertThat(Artifact.record(artifact, Diary.class)).isEqualTo(record);
        assertThat(Artifact.write(Artifact.read(artifact))).isEqualTo(Artifact.write(predictor));
        assertThatThrownBy(() -> Artifact.withRecord(artifact, "a".repeat(600_000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAZipToEveryOtherProgram(@TempDir Path folder) throws IOException {
        byte[] artifact = Artifact.write(predictor);
        Path file = Files.write(folder.resolve("artifact.zip"), artifact);

        List<String> streamed = new ArrayList<>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(artifact))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                zip.readAllBytes(); // and compares the checksum
                streamed.add(entry.getName());
            }
        }

        assertThat(streamed).containsExactly("manifest.json", "seen.json", "record.json", "parameters.bin");
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName)).isEqualTo(streamed);
            assertThat(zip.getInputStream(zip.getEntry("record.json")).readAllBytes())
                    .asString()
                    .isEqualTo("{}");
        }
    }
}
