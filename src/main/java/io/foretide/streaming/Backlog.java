package io.foretide.streaming;

import io.foretide.streaming.ServerMessage.Classified;
import io.foretide.streaming.ServerMessage.ForecastMany;
import io.foretide.streaming.ServerMessage.Forecasted;
import io.foretide.streaming.ServerMessage.PointAnswer;
import io.foretide.streaming.ServerMessage.PointClassification;
import io.foretide.streaming.ServerMessage.PointForecast;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait, in their order. Not safe from several threads.
 *
 * <p>To find the forecasts that a newer one makes superfluous costs a look at all that waits. So it is done only when twice as
 * much waits as was left the last time: a message then costs the same however slow the reader is.
 */
final class Backlog {
    private Deque<Entry> entries = new ArrayDeque<>(4);
    private long weight;
    private long leftLastTime;

    /** A message, and how many forecasts it stands for beside itself. */
    private static final class Entry {
        private ServerMessage message;
        private int coalesced;

        Entry(ServerMessage message) {
            this.message = message;
        }

        long weight() {
            return MessageEncoder.expectedLength(message);
        }
    }

    void add(ServerMessage message) {
        var entry = new Entry(message);
        entries.add(entry);
        weight += entry.weight();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** About how many characters wait. */
    long weight() {
        return weight;
    }

    /** Takes the next message, and after one that stands for others a warning that says so. */
    ServerMessage remove() {
        Entry first = entries.remove();
        weight -= first.weight();
        if (first.coalesced > 0) {
            var warning = new Entry(warning(first));
            entries.addFirst(warning);
            weight += warning.weight();
        }
        leftLastTime = Math.min(leftLastTime, weight);
        return first.message;
    }

    private static ServerMessage warning(Entry entry) {
        String session = told(entry.message);
        return new ServerMessage.Warning(
                null,
                session,
                WarningCode.COALESCED,
                "%d forecasts were replaced by newer ones of the same session, as they were not read in time. Their observations are applied."
                        .formatted(entry.coalesced));
    }

    /** The session of which a message tells what a newer one would tell better; null where it tells something else. */
    private static @Nullable String told(ServerMessage message) {
        return switch (message) {
            case Forecasted forecast -> forecast.session();
            case Classified classified -> classified.session();
            default -> null;
        };
    }

    /** Whether enough waits to be worth a look for what is superfluous. */
    boolean isWorthALook(long comfortable) {
        return weight > Math.max(comfortable, 2 * leftLastTime);
    }

    /**
     * Drops forecasts of which a newer one of the same session waits.
     *
     * @return how many were dropped
     */
    int coalesce() {
        int dropped = new Pass().run();
        leftLastTime = weight;
        return dropped;
    }

    /** One look at all that waits, the newest first. */
    private final class Pass {
        private final Map<String, Entry> newest = new HashMap<>();
        private final Deque<Entry> left = new ArrayDeque<>();
        private int dropped;

        int run() {
            entries.descendingIterator().forEachRemaining(this::look);
            entries = left;
            weight = entries.stream().mapToLong(Entry::weight).sum();
            return dropped;
        }

        private void look(Entry entry) {
            String session = told(entry.message);
            if (session != null) {
                Entry newer = newest.putIfAbsent(session, entry);
                if (newer != null) {
                    newer.coalesced += 1 + entry.coalesced;
                    dropped++;
                    return;
                }
            }
            if (entry.message instanceof ForecastMany many) {
                thin(entry, many);
            }
            left.addFirst(entry);
        }

        /** The frame stays, even if nothing stays in it: it is an answer that somebody waits for. */
        private void thin(Entry entry, ForecastMany many) {
            List<PointAnswer> kept = new ArrayList<>();
            for (PointAnswer answer : many.answers().reversed()) {
                boolean replaceable = answer instanceof PointForecast || answer instanceof PointClassification;
                Entry newer = replaceable ? newest.putIfAbsent(answer.session(), entry) : null;
                if (newer == null) {
                    kept.add(answer);
                } else {
                    newer.coalesced++;
                    dropped++;
                }
            }
            if (kept.size() < many.answers().size()) {
                entry.message = new ForecastMany(many.eventId(), List.copyOf(kept.reversed()));
            }
        }
    }
}
