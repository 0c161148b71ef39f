package io.foretide.network;

import java.util.List;

/**
 * What a training gives.
 *
 * @param predictor the network, ready to walk
 * @param artifact the same as bytes, to be kept
 * @param chosen the settings that the client left open, as {@code section.field}
 * @param losses one entry an epoch
 * @param bestEpoch the epoch whose parameters these are
 * @param stoppedBy why training ended
 */
public record TrainedNetwork(
        Predictor predictor,
        byte[] artifact,
        List<String> chosen,
        List<EpochLoss> losses,
        int bestEpoch,
        StopReason stoppedBy) {}
