package io.foretide.network;

import io.foretide.kernel.GruLayer;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The {@link Gru} of a network at work. Deeplearning4j brings inputs, masks, states and gradients, of any type of number;
 * the kernel computes.
 *
 * <p>Arrays are [batch × size × time], or [batch × time × size] in the format NWC; those of the kernel are
 * [time][batch][size].
 */
final class DeepGru extends BaseRecurrentLayer<Gru> {
    private static final long serialVersionUID = 1;

    /** The name that stock layers have for it. */
    private static final String HIDDEN = "prevAct";

    private transient @Nullable GruLayer kernel;

    /** Whether the kernel still has what it walked in training, of which a way back may make use. */
    private transient boolean walked;

    DeepGru(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void setInput(INDArray newInput, LayerWorkspaceMgr workspaces) {
        super.setInput(newInput, workspaces);
        walked = false;
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        return output(walk(null, training, workspaces), workspaces);
    }

    @Override
    public INDArray rnnTimeStep(INDArray newInput, LayerWorkspaceMgr workspaces) {
        setInput(newInput, workspaces);
        float[] hidden = walk(stateMap.get(HIDDEN), false, workspaces);
        stateMap.put(HIDDEN, last(hidden));
        return output(hidden, workspaces);
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray newInput, boolean training, boolean storeLastForTruncation, LayerWorkspaceMgr workspaces) {
        setInput(newInput, workspaces);
        float[] hidden = walk(tBpttStateMap.get(HIDDEN), training, workspaces);
        if (storeLastForTruncation) {
            tBpttStateMap.put(HIDDEN, last(hidden));
        }
        return output(hidden, workspaces);
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        return tbpttBackpropGradient(epsilon, 0, workspaces);
    }

    /** @param steps how many of the last steps the way back takes; 0: all */
    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(INDArray epsilon, int steps, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        if (!walked) {
            walk(null, true, workspaces);
        }
        int firstStep = steps <= 0 ? 0 : Math.max(0, this.steps() - steps);
        GruLayer.Gradient gradient = kernel().backward(stepByStep(epsilon), firstStep);
        walked = false;
        weightNoiseParams.clear();
        writeGradient(gradient.parameters());
        var named = new DefaultGradient(gradientsFlattened);
        gradientViews.forEach(named::setGradientFor);
        INDArray byInput =
                array(gradient.inputs(), Math.toIntExact(layerConf().getNIn()), ArrayType.ACTIVATION_GRAD, workspaces);
        return new Pair<>(named, backpropDropOutIfPresent(byInput));
    }

    @Override
    public void clear() {
        super.clear();
        walked = false;
    }

    private GruLayer kernel() {
        GruLayer present = kernel;
        if (present == null) {
            present = new GruLayer(
                    Math.toIntExact(layerConf().getNIn()),
                    Math.toIntExact(layerConf().getNOut()));
            kernel = present;
        }
        return present;
    }

    /** The hidden states after each step, from a state on, or from that of a walk that has seen nothing. */
    private float[] walk(@Nullable INDArray hidden, boolean training, LayerWorkspaceMgr workspaces) {
        checkInput();
        if (hidden != null && hidden.size(0) != rows()) {
            throw new DL4JInvalidInputException(
                    "The state is one of %d sequences, and the input one of %d: call rnnClearPreviousState between. %s"
                            .formatted(hidden.size(0), rows(), layerId()));
        }
        applyDropOutIfNecessary(training, workspaces);
        kernel().load(parameters(training, workspaces));
        walked = training;
        return kernel().forward(new GruLayer.Sequences(
                rows(),
                steps(),
                stepByStep(input),
                masked(),
                hidden == null ? kernel().initialState(rows()) : numbers(hidden)));
    }

    private void checkInput() {
        if (input.rank() != 3 || permuteIfNWC(input).size(1) != layerConf().getNIn()) {
            throw new DL4JInvalidInputException(
                    "The input has the shape %s, and needs 3 dimensions and %d inputs in %s. %s"
                            .formatted(
                                    Arrays.toString(input.shape()), layerConf().getNIn(), getDataFormat(), layerId()));
        }
    }

    private int rows() {
        return Math.toIntExact(input.size(0));
    }

    private int steps() {
        return Math.toIntExact(permuteIfNWC(input).size(2));
    }

    /** W, RW and b, row after row. */
    private float[] parameters(boolean training, LayerWorkspaceMgr workspaces) {
        float[] all = new float[Math.toIntExact(numParams())];
        int at = 0;
        for (String key : params.keySet()) {
            float[] part = numbers(getParamWithNoise(key, training, workspaces));
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private void writeGradient(float[] all) {
        int at = 0;
        for (INDArray view : gradientViews.values()) {
            int length = Math.toIntExact(view.length());
            assign(view, Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
    }

    private boolean[] masked() {
        if (maskArray == null) {
            return new boolean[0];
        }
        float[] mask = numbers(maskArray.transpose());
        boolean[] masked = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            masked[i] = mask[i] == 0;
        }
        return masked;
    }

    private float[] stepByStep(INDArray sequences) {
        return numbers(permuteIfNWC(sequences).permute(2, 0, 1));
    }

    private INDArray output(float[] hidden, LayerWorkspaceMgr workspaces) {
        return array(hidden, Math.toIntExact(layerConf().getNOut()), ArrayType.ACTIVATIONS, workspaces);
    }

    private INDArray array(float[] stepByStep, int size, ArrayType purpose, LayerWorkspaceMgr workspaces) {
        INDArray array = workspaces.createUninitialized(purpose, dataType, new long[] {steps(), rows(), size}, 'c');
        assign(array, stepByStep);
        return permuteIfNWC(array.permute(1, 2, 0));
    }

    /** The last of some hidden states, [batch × units], to outlive all workspaces. */
    private INDArray last(float[] hidden) {
        int length = hidden.length / steps();
        try (MemoryWorkspace _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            INDArray last =
                    Nd4j.createUninitialized(dataType, rows(), layerConf().getNOut());
            assign(last, Arrays.copyOfRange(hidden, hidden.length - length, hidden.length));
            return last;
        }
    }

    private static float[] numbers(INDArray array) {
        try (MemoryWorkspace _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                INDArray copy = array.dup('c')) {
            return copy.data().asFloat();
        }
    }

    private static void assign(INDArray to, float[] numbers) {
        try (MemoryWorkspace _ = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
                INDArray source = Nd4j.createFromArray(numbers)) {
            to.assign(source.reshape('c', to.shape()));
        }
    }
}
