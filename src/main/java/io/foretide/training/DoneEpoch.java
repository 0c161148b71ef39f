package io.foretide.training;

import io.foretide.network.EpochLoss;

/**
 * An epoch that was done and reported.
 *
 * @param run which run of the job did it
 */
record DoneEpoch(long run, EpochLoss loss) {}
