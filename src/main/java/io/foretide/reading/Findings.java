package io.foretide.reading;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a body, gathered so that a client sees several places at once.
 *
 * <p>One answer has one problem: the type of the first finding. Findings of another type are left for the next attempt.
 */
public final class Findings {
    private static final int MOST = 10;

    private final ProblemType impossible;
    private final List<ProblemException.Place> places = new ArrayList<>();
    private @Nullable ProblemType type;
    private int count;

    /** @param impossible what is told of that which is understood, and cannot be */
    public Findings(ProblemType impossible) {
        this.impossible = impossible;
    }

    /** Notes a finding; stops the reading when there are enough. */
    public void add(ProblemType kind, String place, String detail) {
        count++;
        if (type == null) {
            type = kind;
        }
        if (type == kind) {
            places.add(new ProblemException.Place(place, detail));
        }
        if (places.size() == MOST) {
            throwIfAny();
        }
    }

    /** Notes something of the wrong type or form. */
    public void invalid(String place, String detail) {
        add(ProblemType.INVALID_REQUEST, place, detail);
    }

    /** Notes something that is understood but impossible. */
    public void impossible(String place, String detail) {
        add(impossible, place, detail);
    }

    /** How many findings there were, those of other types included. */
    public int count() {
        return count;
    }

    /** Fails with all that was found, if anything was. */
    public void throwIfAny() {
        if (type == null) {
            return;
        }
        ProblemException.Place first = places.getFirst();
        String others = places.size() == 1 ? "" : " There are more places: see errors.";
        ProblemException problem = new ProblemException(type, first.pointer() + ": " + first.detail() + others);
        places.forEach(place -> problem.at(place.pointer(), place.detail()));
        throw problem;
    }

    /** What is said of a body that goes beyond a limit, which ends its reading at once. */
    public static ProblemException exceeded(String place, String what, long limit, String advice) {
        String detail = "Limit exceeded: " + what + ". " + advice;
        return new ProblemException(ProblemType.LIMIT_EXCEEDED, place + ": " + detail)
                .at(place, detail)
                .with("limit", limit);
    }
}
