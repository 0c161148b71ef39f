package io.foretide.registry;

import io.foretide.http.PageRequest;
import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;

/** Where a page of a list begins: behind the last key of the page before, so that changes meanwhile shift nothing. */
final class ListPosition {
    private ListPosition() {}

    /** The name that the page's names are greater than. */
    static String afterName(PageRequest page) {
        String cursor = page.cursor();
        if (cursor == null) {
            return "";
        }
        if (!ModelName.isValid(cursor)) {
            throw foreign();
        }
        return cursor;
    }

    /** The number that the page's numbers are less than. */
    static int beforeNumber(PageRequest page) {
        String cursor = page.cursor();
        if (cursor == null) {
            return Integer.MAX_VALUE;
        }
        try {
            return Integer.parseInt(cursor);
        } catch (NumberFormatException _) {
            throw foreign();
        }
    }

    /** The id that the page's ids are less than. */
    static long beforeId(PageRequest page) {
        String cursor = page.cursor();
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException _) {
            throw foreign();
        }
    }

    private static ProblemException foreign() {
        return new ProblemException(
                ProblemType.INVALID_PARAMETER,
                "The cursor belongs to another list. Pass a next_cursor to the list that it came from.");
    }
}
