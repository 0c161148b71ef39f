package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemException.Place;
import io.foretide.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a request, collected so that a client can correct it in one go. */
final class Findings {
    private final List<Place> places = new ArrayList<>();

    void add(String pointer, String detail) {
        places.add(new Place(pointer, detail));
    }

    /** Notes what matters more than all that was found so far. */
    void addFirst(String pointer, String detail) {
        places.addFirst(new Place(pointer, detail));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    int size() {
        return places.size();
    }

    List<Place> places() {
        return List.copyOf(places);
    }

    /** Fails with everything that was found, if anything was. */
    void throwAs(ProblemType type) {
        if (places.isEmpty()) {
            return;
        }
        Place first = places.getFirst();
        String subject = first.pointer().isEmpty() ? "The body" : first.pointer();
        String others = places.size() == 1 ? "" : " There are %d errors in all.".formatted(places.size());
        ProblemException problem = new ProblemException(type, subject + " " + first.detail() + "." + others);
        places.forEach(place -> problem.at(place.pointer(), place.detail()));
        throw problem;
    }
}
