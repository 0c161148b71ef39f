package io.foretide.prediction;

/** What a client asks for beside the data, where there is nothing to choose. */
record NoSettings() {}
