package io.foretide.network;

import java.util.List;

/**
 * What a training gives.
 *
 * @param predictor its networks, ready to walk
 * @param artifact the same as bytes, to be kept
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param losses one entry an epoch, counted through all members
 * @param members how the training of each went, in their order
 * @param stoppedBy why the training of the last one ended
 */
public record TrainedNetwork(
        Predictor predictor,
        byte[] artifact,
        List<String> chosen,
        List<EpochLoss> losses,
        List<TrainedMember> members,
        StopReason stoppedBy) {}
