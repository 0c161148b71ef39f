package io.foretide.generation;

import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;

/**
 * What a training gives.
 *
 * @param artifact the model as bytes, to be kept
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param losses one entry an epoch: the mean nats per token
 * @param members how the training went; one entry
 * @param heldOut the parts of the text that chose the best epoch and were never trained on; may be none
 */
public record TrainedLanguageModel(
        LanguageModel model,
        byte[] artifact,
        List<String> chosen,
        List<EpochLoss> losses,
        List<TrainedMember> members,
        StopReason stoppedBy,
        List<String> heldOut) {}
