package io.foretide.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * One page of a list.
 *
 * @param items what is on the page
 * @param nextCursor where the next page begins; absent on the last one. Clients see it encoded, and send it back so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        List<T> items,

        @JsonSerialize(using = Cursors.Encoder.class)
        @Schema(description = "Send it as ?cursor= for the next page; absent on the last one.")
        @Nullable
        String nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of rows of which one more was asked for than the page holds, to see whether there are more.
     *
     * @param position what identifies a row as the last one of a page
     */
    public static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, String> position) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, request.limit());
        return new Page<>(items, position.apply(items.getLast()));
    }

    /** The same page of other things, such as the wire form of its rows. */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), nextCursor);
    }
}
