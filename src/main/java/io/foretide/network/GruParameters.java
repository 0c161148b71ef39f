package io.foretide.network;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where the parameters of a {@link Gru} stand in those of the whole network, and how they start. */
final class GruParameters implements ParamInitializer {
    static final String WEIGHTS = "W";
    static final String RECURRENT_WEIGHTS = "RW";
    static final String BIASES = "b";

    static final GruParameters INSTANCE = new GruParameters();

    private static final int GATES = 3;

    private GruParameters() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        var gru = (Gru) layer;
        return (gru.getNIn() + gru.getNOut() + 2) * GATES * gru.getNOut();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(WEIGHTS, RECURRENT_WEIGHTS, BIASES);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(WEIGHTS, RECURRENT_WEIGHTS);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of(BIASES);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray all, boolean initialize) {
        var gru = (Gru) configuration.getLayer();
        Parts parts = Parts.of(gru, all);
        if (initialize) {
            IWeightInit recurrent = gru.getWeightInitFnRecurrent();
            start(gru.getWeightInitFn(), gru.getNIn(), gru.getNOut(), parts.weights());
            start(
                    recurrent == null ? gru.getWeightInitFn() : recurrent,
                    gru.getNOut(),
                    gru.getNOut(),
                    parts.recurrentWeights());
            parts.biases().assign(gru.getBiasInit());
        }
        paramKeys(gru).forEach(configuration::addVariable);
        return parts.named(gru);
    }

    /** Each gate is a matrix of its own, as far as the spread of its weights is concerned. */
    private static void start(IWeightInit initializer, long inputs, long units, INDArray weights) {
        initializer.init(
                inputs, units, new long[] {inputs, GATES * units}, IWeightInit.DEFAULT_WEIGHT_INIT_ORDER, weights);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray all) {
        var gru = (Gru) configuration.getLayer();
        return Parts.of(gru, all).named(gru);
    }

    /** Views of an array of all parameters, each flat. */
    private record Parts(INDArray weights, INDArray recurrentWeights, INDArray biases) {
        static Parts of(Gru gru, INDArray all) {
            long columns = GATES * gru.getNOut();
            long recurrentFrom = gru.getNIn() * columns, biasesFrom = recurrentFrom + gru.getNOut() * columns;
            INDArray flat = all.reshape(all.length());
            return new Parts(
                    flat.get(interval(0, recurrentFrom)),
                    flat.get(interval(recurrentFrom, biasesFrom)),
                    flat.get(interval(biasesFrom, biasesFrom + 2 * columns)));
        }

        Map<String, INDArray> named(Gru gru) {
            Map<String, INDArray> named = new LinkedHashMap<>();
            named.put(WEIGHTS, weights.reshape('f', gru.getNIn(), GATES * gru.getNOut()));
            named.put(RECURRENT_WEIGHTS, recurrentWeights.reshape('f', gru.getNOut(), GATES * gru.getNOut()));
            named.put(BIASES, biases);
            return named;
        }
    }
}
