package io.foretide.classification;

import io.foretide.network.EpochLoss;
import io.foretide.network.StopReason;
import io.foretide.network.TrainedMember;
import java.util.List;

/**
 * What a training gave.
 *
 * @param artifact its bytes, without a record
 * @param chosen the settings that were chosen for the data
 * @param losses one entry for each epoch, through all members
 */
public record TrainedClassifier(
        Classifier classifier,
        byte[] artifact,
        List<String> chosen,
        List<EpochLoss> losses,
        List<TrainedMember> members,
        StopReason stoppedBy,
        HeldOut heldOut) {}
