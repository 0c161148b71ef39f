package io.foretide.streaming;

/** What a client may want to know although it did nothing that was refused. */
enum WarningCode {
    /** Steps were skipped before an observation, and walked as missing. */
    GAP,
    /** An observation was sent again, and was not applied again. */
    DUPLICATE,
    /** An observation is not later than the last one, and was not applied. */
    OUT_OF_ORDER,
    /** A static covariate has a value that the training did not see. */
    UNSEEN_CATEGORY,
    /** Forecasts that the client was too slow for were replaced by newer ones. */
    COALESCED
}
