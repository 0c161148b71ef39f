package io.foretide.classification;

import io.foretide.kernel.ConvolutionShape;
import io.foretide.network.RecurrentCore;
import io.foretide.network.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What one network of a classifier consists of, and the order of its parameters: a recurrent core, convolutions beside it that
 * read the same and whose outputs are added to those of the core, and the numbers of each word.
 *
 * @param words how many words have numbers of their own, which are learned; 0 of values
 */
record MemberShape(RecurrentCore core, ConvolutionShape convolutions, int words) {
    /** How far the numbers of words start from 0. */
    private static final float WORDS_START_WITHIN = 0.1f;

    /** Those of an FCN (Wang, Yan and Oates 2017), which together see fourteen steps. */
    private static final List<ConvolutionShape.Layer> LAYERS = List.of(
            new ConvolutionShape.Layer(8, 1), new ConvolutionShape.Layer(5, 1), new ConvolutionShape.Layer(3, 1));

    /** @param inputs how many numbers of a step a network reads */
    static MemberShape of(ClassifierSettings settings, int inputs, int labels, int words) {
        int channels = settings.convolutions(), outputs = Pooling.outputs(labels);
        var convolutions =
                new ConvolutionShape(inputs, Math.max(1, channels), channels > 0 ? LAYERS : List.of(), outputs);
        return new MemberShape(new RecurrentCore(settings.network(), inputs, outputs), convolutions, words);
    }

    int inputs() {
        return core.inputs();
    }

    /** Where the parameters of the convolutions begin. */
    int convolutionsAt() {
        return Math.toIntExact(core.parameters());
    }

    /** Where the numbers of words begin. */
    int wordsAt() {
        return convolutionsAt() + convolutions.parameters();
    }

    /** How many parameters there are. */
    long parameters() {
        return core.parameters() + convolutions.parameters() + (long) words * inputs();
    }

    /** The words as some parameters have them. */
    WordTable words(float[] parameters) {
        return new WordTable(words, inputs(), parameters, wordsAt());
    }

    /** Where a training starts. */
    float[] initial(long seed) {
        float[] all = Arrays.copyOf(core.initial(seed), Math.toIntExact(parameters()));
        float[] drawn = convolutions.initial(Seeds.at(seed, -1));
        System.arraycopy(drawn, 0, all, convolutionsAt(), drawn.length);
        var random = new SplittableRandom(Seeds.at(seed, 0));
        for (int i = wordsAt(); i < all.length; i++) {
            all[i] = WORDS_START_WITHIN * (2 * (float) random.nextDouble() - 1);
        }
        return all;
    }
}
