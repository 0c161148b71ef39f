package io.foretide.network;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;

/**
 * The recurrent layers and the head of a network as Deeplearning4j's {@code ModelSerializer} would have written them, for
 * programs that have that library and nothing of ours. It is written alone: reading such files lets them name classes.
 *
 * <p>The head is an {@code RnnOutputLayer} with a stock loss, which steps do not look at. The same network gives the same
 * bytes.
 */
public final class Deeplearning4jFile {
    private Deeplearning4jFile() {}

    /**
     * The file of one member; a problem where there is none, or where Deeplearning4j has no such layers, or is missing here.
     * Takes several times the memory of the parameters.
     *
     * @param member counted from 1
     */
    public static byte[] write(Predictor predictor, int member) {
        Settings settings = predictor.settings();
        if (settings.network().cell() == CellType.GRU) {
            throw new ProblemException(
                    ProblemType.NOT_SUPPORTED,
                    "Deeplearning4j has no GRU layer, so no program could open this network with that library alone. Leave format out to download it in Foretide's own form, or train one with the cell lstm or rnn.");
        }
        if (member < 1 || member > predictor.members().size()) {
            String detail = "must lie between 1 and %d, the networks of this version, was %d"
                    .formatted(predictor.members().size(), member);
            throw new ProblemException(ProblemType.INVALID_PARAMETER, "member " + detail + ".").at("member", detail);
        }
        NativeLibraries.load(); // before any class of Deeplearning4j, to say what is missing where they are
        return DeepNetworkFile.write(settings, predictor.members().get(member - 1));
    }
}
