package chaos;

import chaos.Walk.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The sessions of one client, what it was told of them, and the states that it keeps. */
final class Walks {
    private static final int MOST_STATES = 8;

    private final String client;
    private final Random random;
    private final Map<String, Walk> walks = new LinkedHashMap<>();
    private final List<Walk.Kept> states = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private int names;

    /** @param client begins the names of its sessions */
    Walks(String client, Random random) {
        this.client = client;
        this.random = random;
    }

    String newName() {
        return "%s-%d".formatted(client, ++names);
    }

    /** Null where there is none of that name. */
    Walk named(String name) {
        return walks.get(name);
    }

    /** As they are now; they may come and go meanwhile. */
    List<Walk> all() {
        return List.copyOf(walks.values());
    }

    int count() {
        return walks.size();
    }

    boolean all(Predicate<Walk> are) {
        return walks.values().stream().allMatch(are);
    }

    void add(Walk walk) {
        walks.put(walk.name(), walk);
    }

    void remove(Walk walk) {
        walks.remove(walk.name());
    }

    /** It is resumed later; one whose opening was not answered is given up. */
    void lose(Walk walk, long millis) {
        if (walk.pending() instanceof Change.Open) {
            remove(walk);
        } else {
            walk.detach(millis);
        }
        walk.asksFinallyAgain();
    }

    /** One of a few that snapshots told; null where there is none. */
    Walk.Kept drawState() {
        return states.isEmpty() ? null : states.get(random.nextInt(states.size()));
    }

    void keep(Walk.Kept state) {
        states.add(state);
        if (states.size() > MOST_STATES) {
            states.remove(random.nextInt(states.size()));
        }
    }

    void keep(Received forecast) {
        received.add(forecast);
    }

    List<Received> received() {
        return received;
    }

    /** Those that do not come to rest. */
    String describeUnsettled() {
        return all().stream()
                .filter(walk -> !walk.isSettled())
                .map(Walk::describe)
                .collect(Collectors.joining("; "));
    }
}
