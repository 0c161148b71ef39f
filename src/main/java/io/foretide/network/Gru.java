package io.foretide.network;

import java.util.Collection;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of gated recurrent units for networks of Deeplearning4j, which has none. Takes its place among the stock layers:
 * it is configured, trained, stepped, saved and restored as they are, and computes on our kernels, in single precision.
 *
 * <p>The reset gate comes after the recurrent product, see {@link io.foretide.kernel.RecurrentUnit#GRU}. Parameters are W
 * [inputs × 3·units], RW [units × 3·units] and b [6·units]: gates stand in the order reset, update, candidate, and b holds
 * the biases of W's product and then those of RW's. Where a mask is 0, the state is carried through.
 */
public final class Gru extends BaseRecurrentLayer {
    private static final long serialVersionUID = 1;

    private Gru(Builder builder) {
        super(builder);
        initializeConstraints(builder);
    }

    /** For those who read a configuration as JSON. */
    private Gru() {}

    /** As of the stock layers; the activation is tanh and cannot be another one. */
    public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
        public Builder() {
            setActivationFn(new ActivationTanH());
        }

        @Override
        @SuppressWarnings("unchecked")
        public Gru build() {
            return new Gru(this);
        }
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            @Nullable Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        LayerValidation.assertNInNOutSet("Gru", getLayerName(), index, getNIn(), getNOut());
        if (!(getActivationFn() instanceof ActivationTanH)) {
            throw new DL4JInvalidConfigException(
                    "Gru (index=%d) has the activation %s, and knows tanh alone".formatted(index, getActivationFn()));
        }
        var layer = new DeepGru(configuration, type);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(configuration, parameters, initialize));
        return layer;
    }

    @Override
    public ParamInitializer initializer() {
        return GruParameters.INSTANCE;
    }

    /** Hidden states, sums of gates and gradients of one sequence are on the Java heap, and do not count here. */
    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = initializer().numParams(this);
        return new LayerMemoryReport.Builder(layerName, Gru.class, inputType, getOutputType(-1, inputType))
                .standardMemory(parameters, getIUpdater().stateSize(parameters))
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }
}
