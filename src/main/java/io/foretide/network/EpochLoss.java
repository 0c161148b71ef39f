package io.foretide.network;

import org.jspecify.annotations.Nullable;

/** The mean loss over the windows of one epoch, counted from 1 through all members, and over the validation part where there is one. */
public record EpochLoss(
        int epoch, double trainLoss, @Nullable Double validationLoss) {}
