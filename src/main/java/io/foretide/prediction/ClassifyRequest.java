package io.foretide.prediction;

/** What a client asks of classifications, beside the sequences: nothing. */
record ClassifyRequest() {}
