package io.foretide.network;

/** The architecture of a recurrent network. Dropout is the probability that an input of a layer is left out. */
public record NetworkSettings(CellType cell, int units, int layers, Activation activation, double dropout) {}
