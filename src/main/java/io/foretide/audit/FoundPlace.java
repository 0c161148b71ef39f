package io.foretide.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where something was found.
 *
 * @param pointer a JSON pointer into the body, or a line of it
 * @param index the number of the value in the order sent, from 0
 * @param time the time of the value, where it has one
 * @param note what is there, where that differs from place to place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FoundPlace(
        String pointer,
        @Nullable Integer index,
        @Nullable String time,
        @Nullable String note) {}
