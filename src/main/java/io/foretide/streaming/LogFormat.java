package io.foretide.streaming;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** The bytes of entries of the log: for each the session's number, its epoch, and a step. */
final class LogFormat {
    private LogFormat() {}

    static void write(long session, int epoch, Step step, ByteSink to) {
        to.putWhole(session);
        to.putWhole(epoch);
        StepFormat.write(step, 0, to);
    }

    /** What the log has of some sessions, in the order in which it was written. */
    static final class Entries {
        private final Map<Key, List<Step>> steps = new HashMap<>();

        private record Key(long session, int epoch) {}

        /** Adds what a row has of the wanted sessions. */
        void read(byte[] row, LongPredicate wanted) {
            var from = new ByteSource(row);
            while (from.hasMore()) {
                long session = from.takeWhole();
                int epoch = (int) from.takeUpTo(Integer.MAX_VALUE);
                Step step = StepFormat.read(from, 0);
                if (wanted.test(session)) {
                    steps.computeIfAbsent(new Key(session, epoch), _ -> new ArrayList<>())
                            .add(step);
                }
            }
        }

        /** The sessions that it has steps of. */
        Set<Long> sessions() {
            return steps.keySet().stream().map(Key::session).collect(Collectors.toSet());
        }

        /** The steps of a session's epoch; those of others do not count any more. */
        List<Step> of(long session, int epoch) {
            return steps.getOrDefault(new Key(session, epoch), List.of());
        }
    }
}
