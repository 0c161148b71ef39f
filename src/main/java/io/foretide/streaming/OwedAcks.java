package io.foretide.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Sessions whose clients do not know yet how far they are durable: told together, when nothing else is about to tell it. */
final class OwedAcks {
    /** A session that goes on is told with its next answer. */
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    private final Queue<Session> owed = new ConcurrentLinkedQueue<>();

    /** Any thread. */
    void add(Session session) {
        if (session.oweAck()) {
            owed.add(session);
        }
    }

    /** One thread at a time. */
    void tell() {
        long quiet = System.nanoTime() - QUIET_NANOS;
        Map<Client, List<Session>> told = new HashMap<>();
        int count = owed.size();
        for (int i = 0; i < count; i++) {
            Session session = owed.poll();
            if (session == null) {
                break;
            }
            if (session.lastUsed() - quiet > 0) {
                owed.add(session); // perhaps it goes on
            } else if (session.seize(quiet)) {
                pay(session, told);
            } else if (session.isLive()) {
                owed.add(session); // it goes on
            } else {
                session.payAck(); // all of it is in the store
            }
        }
        told.forEach(OwedAcks::tell);
    }

    /** Nothing happens to the session until it is told: a count of before a rewind must not be told after it. */
    private static void pay(Session session, Map<Client, List<Session>> told) {
        if (session.payAck() && session.owner() instanceof Client owner) {
            told.computeIfAbsent(owner, _ -> new ArrayList<>()).add(session);
        } else {
            session.goOn();
        }
    }

    private static void tell(Client client, List<Session> sessions) {
        int count = sessions.size();
        String[] names = new String[count];
        long[] seqs = new long[count], durable = new long[count];
        for (int i = 0; i < count; i++) {
            Session session = sessions.get(i);
            names[i] = session.name();
            durable[i] = session.tell();
            seqs[i] = session.seq();
        }
        try {
            client.send(new ServerMessage.AckMany(names, seqs, durable));
        } finally {
            sessions.forEach(Session::goOn);
        }
    }
}
