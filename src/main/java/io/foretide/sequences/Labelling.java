package io.foretide.sequences;

/** Whether sequences need labels. */
public enum Labelling {
    /** To learn from them, and to measure by them. */
    REQUIRED,
    /** They are to be predicted. */
    OPTIONAL
}
