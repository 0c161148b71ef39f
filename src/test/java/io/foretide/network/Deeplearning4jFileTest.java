package io.foretide.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.foretide.kernel.CellState;
import io.foretide.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Deeplearning4jFileTest {
    /** What deeplearning4j-nn and nd4j-native bring with them. */
    private static final Pattern THEIRS = Pattern.compile(
            "/org/deeplearning4j/(deeplearning4j-nn|deeplearning4j-utility-iterators|resources)/|/org/(nd4j|bytedeco|slf4j)/"
                    + "|/commons-(io|codec|net)/|/org/apache/commons/commons-(math3|lang3|collections4|compress)/"
                    + "|/it/unimi/dsi/|/com/jakewharton/|/com/google/(flatbuffers|code/gson)/|/net/ericaro/");

    private static Predictor predictor(CellType cell, int layers, Activation activation) {
        Settings base = TestNetworks.settings(cell, layers, 5, Loss.QUANTILE);
        var network = new NetworkSettings(cell, 9, layers, activation, 0.1, 1);
        return TestNetworks.random(new Settings(base.forecast(), network, base.training()), 8);
    }

    @ParameterizedTest(name = "{0} {2}, {1} layers")
    @CsvSource({"LSTM, 2, TANH", "SIMPLE_RNN, 1, RELU", "SIMPLE_RNN, 2, TANH"})
    void aProgramWithoutOurClassesStepsToTheSameNumbers(
            CellType cell, int layers, Activation activation, @TempDir Path folder) throws Exception {
        Predictor predictor = predictor(cell, layers, activation);
        float[][] inputs = inputs();
        Path file = Files.write(folder.resolve("network.zip"), Deeplearning4jFile.write(predictor, 1));
        List<String> lines = Arrays.stream(inputs)
                .map(row -> Arrays.toString(row).replaceAll("[\\[\\],]", ""))
                .toList();

        List<String> answers = runWithDeeplearning4jAlone(file, Files.write(folder.resolve("inputs.txt"), lines));

        float[][] expected = walk(predictor.members().getFirst(), inputs);
        assertThat(answers).hasSize(inputs.length);
        for (int step = 0; step < inputs.length; step++) {
            double[] actual = Stream.of(answers.get(step).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            assertThat(actual).hasSize(25);
            for (int i = 0; i < actual.length; i++) {
                assertThat(actual[i]).isCloseTo(expected[step][i], within(1e-5));
            }
        }
    }

    private static float[][] inputs() {
        var random = new Random(4);
        float[][] inputs = new float[20][Inputs.COUNT];
        for (float[] row : inputs) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return inputs;
    }

    private static float[][] walk(Weights weights, float[][] inputs) {
        CellState[] states = weights.initialStates();
        float[][] outputs = new float[inputs.length][];
        for (int step = 0; step < inputs.length; step++) {
            weights.step(inputs[step], states);
            outputs[step] = weights.head().newOutputs();
            weights.head().apply(states[states.length - 1].hidden(), outputs[step]);
        }
        return outputs;
    }

    /** A process that has no class of Foretide: its program is compiled from the source that users see. */
    private static List<String> runWithDeeplearning4jAlone(Path file, Path inputs) throws Exception {
        String theirs = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> THEIRS.matcher(path.replace('\\', '/')).find())
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(theirs).contains("deeplearning4j-nn").doesNotContain("foretide", "target");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp", theirs));
        command.addAll(List.of(
                Path.of("examples", "StepWithDeeplearning4j.java").toString(), file.toString(), inputs.toString()));
        Path log = file.resolveSibling("log.txt");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        return output.lines().filter(line -> line.matches("[-0-9.E ]+")).toList();
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void namesNoClassOfOursAndIsTheSameEachTime() throws IOException {
        Predictor predictor = predictor(CellType.LSTM, 2, Activation.TANH);

        byte[] file = Deeplearning4jFile.write(predictor, 1);

        assertThat(file).isEqualTo(Deeplearning4jFile.write(predictor, 1));
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("configuration.json");
            assertThat(new String(zip.readAllBytes(), UTF_8))
                    .contains("org.deeplearning4j.nn.conf.layers.LSTM", "LossMSE")
                    .doesNotContainIgnoringCase("foretide");
            assertThat(zip.getNextEntry().getName()).isEqualTo("coefficients.bin");
            assertThat(zip.getNextEntry()).isNull();
        }
    }

    @Test
    void eachMemberHasAFileOfItsOwn() {
        Settings settings =
                TestNetworks.settings(CellType.LSTM, 1, 5, Loss.QUANTILE).withMembers(2);
        Predictor together = TestNetworks.random(settings, 3);

        for (int member = 1; member <= 2; member++) {
            Predictor alone = TestNetworks.member(together, member - 1);
            assertThat(Deeplearning4jFile.write(together, member)).isEqualTo(Deeplearning4jFile.write(alone, 1));
        }
        assertThat(Deeplearning4jFile.write(together, 2)).isNotEqualTo(Deeplearning4jFile.write(together, 1));
        for (int none : new int[] {-1, 0, 3}) {
            assertThatThrownBy(() -> Deeplearning4jFile.write(together, none))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("member must lie between 1 and 2");
        }
    }

    @Test
    void refusesWhatThatLibraryAloneCannotOpen() {
        assertThatThrownBy(() -> Deeplearning4jFile.write(predictor(CellType.GRU, 1, Activation.TANH), 1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no GRU");
    }
}
