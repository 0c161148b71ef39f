package io.foretide.registry;

/** Whether a new version becomes its model's champion at once. */
public enum Promotion {
    ALWAYS,
    /** Only where the model has no champion yet. */
    IF_NO_CHAMPION,
    NEVER
}
