import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Steps a network that was downloaded in the format dl4j; needs deeplearning4j-nn and nd4j-native, and nothing of Foretide.
 *
 * <pre>java -cp … StepWithDeeplearning4j.java air-1-dl4j.zip inputs.txt</pre>
 *
 * Each line of inputs.txt has the four inputs of a step, with blanks between; each line printed has the outputs after it.
 */
public class StepWithDeeplearning4j {
    public static void main(String[] arguments) throws Exception {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(arguments[0]));
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            double[] inputs = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
            float[] outputs = network.rnnTimeStep(Nd4j.create(new double[][] {inputs})).toFloatVector();
            System.out.println(Arrays.toString(outputs).replaceAll("[\\[\\],]", ""));
        }
    }
}
