package io.foretide.registry;

/** The change of an alias that somebody asks for, and the state of the alias on which that depends. */
record AliasChange(ModelName model, Selector.Alias alias, Cause cause, Precondition precondition) {
    /** A change that depends on nothing. */
    AliasChange(ModelName model, Selector.Alias alias, Cause cause) {
        this(model, alias, cause, Precondition.NONE);
    }
}
