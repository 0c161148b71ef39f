package io.foretide.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When a new version becomes the champion of its model. */
enum PromotionPolicy {
    /** Where it loses less than the champion on windows that neither has seen, and where there is no champion. */
    @JsonProperty("if_better")
    IF_BETTER,
    @JsonProperty("always")
    ALWAYS,
    @JsonProperty("never")
    NEVER
}
