package io.foretide.training;

import io.foretide.network.EpochLoss;

/**
 * An epoch that was done and reported.
 *
 * @param run which run of the job did it first: a later one that did it again with the same outcome tells nothing new
 */
record DoneEpoch(long run, EpochLoss loss) {}
