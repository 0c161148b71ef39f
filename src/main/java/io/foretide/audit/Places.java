package io.foretide.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The first places of one kind of finding, and how many there are. */
final class Places {
    static final int MOST = 10;

    private final List<FoundPlace> first = new ArrayList<>();
    private long count;

    static Places of(FoundPlace only) {
        Places places = new Places();
        places.add(() -> only);
        return places;
    }

    /** Made only where it is kept: a series may have millions. */
    void add(Supplier<FoundPlace> place) {
        if (count++ < MOST) {
            first.add(place.get());
        }
    }

    List<FoundPlace> first() {
        return first;
    }

    long count() {
        return count;
    }
}
