package stream;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** What clients do. */
final class Load {
    private Load() {}

    private interface Work {
        long run() throws Exception;
    }

    private static List<Long> together(List<Work> works) throws IOException {
        try (ExecutorService threads = Executors.newFixedThreadPool(works.size())) {
            List<Future<Long>> futures = new ArrayList<>();
            works.forEach(work -> futures.add(threads.submit(work::run)));
            List<Long> results = new ArrayList<>();
            for (Future<Long> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** One session on a connection, and how far it is. */
    static final class Client implements AutoCloseable {
        final Socket socket;
        final String session;
        long seq;

        Client(Service service, String session, String model, int horizon) throws IOException {
            this.socket = new Socket(service.port, "/api/v1/stream");
            this.session = session;
            open(socket, List.of(session), model, horizon);
        }

        byte[] next() {
            seq++;
            return ("{\"type\":\"observe\",\"session\":\"" + session + "\",\"seq\":" + seq + ",\"value\":"
                            + Service.value(1, (int) (seq % 1000), 12) + "}")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static void open(Socket socket, List<String> sessions, String model, int horizon) throws IOException {
        List<String> left = sessions;
        while (!left.isEmpty()) {
            List<String> refused = new ArrayList<>();
            for (int from = 0; from < left.size(); from += 500) {
                refused.addAll(openSome(socket, left.subList(from, Math.min(left.size(), from + 500)), model, horizon));
            }
            left = refused;
        }
    }

    /** Opens sessions, and gives those that the service had no room to write down at once, after the pause that it asks for. */
    private static List<String> openSome(Socket socket, List<String> sessions, String model, int horizon) throws IOException {
        for (String session : sessions) {
            socket.put(("{\"type\":\"session.open\",\"session\":\"%s\",\"model\":\"%s\",\"horizon\":%d,\"quantiles\":[0.1,0.5,0.9]%s}"
                            .formatted(session, model, horizon, start(model)))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        socket.flush();
        List<String> refused = new ArrayList<>();
        for (int heard = 0; heard < sessions.size(); ) {
            String answer = socket.read();
            if (answer.startsWith("{\"type\":\"error\"") && answer.contains("\"retry_after\"")) {
                refused.add(answer.split("\"session\":\"")[1].split("\"")[0]);
            } else if (!answer.startsWith("{\"type\":\"ack.many\"") && !answer.startsWith("{\"type\":\"session.opened\"")) {
                throw new IOException(answer);
            }
            heard += answer.startsWith("{\"type\":\"ack.many\"") ? 0 : 1;
        }
        if (!refused.isEmpty()) {
            pause();
        }
        return refused;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(2000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Only hours read the calendar; others are asked without times, whose answers are shorter. */
    private static String start(String model) {
        return model.equals(StreamBench.HOURS)
                ? ",\"series\":{\"target\":[],\"start\":\"2020-01-01\",\"freq\":\"h\"}"
                : "";
    }

    /** Messages a second of all clients, each with so many on their way. */
    static double observe(List<Client> clients, int inFlight, double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long start = System.nanoTime();
        List<Work> works = new ArrayList<>();
        for (Client client : clients) {
            works.add(() -> {
                long count = 0;
                while (System.nanoTime() < end) {
                    for (int i = 0; i < inFlight; i++) {
                        client.socket.put(client.next());
                    }
                    client.socket.flush();
                    for (int i = 0; i < inFlight; i++) {
                        client.socket.skip();
                    }
                    count += inFlight;
                }
                return count;
            });
        }
        return sum(together(works)) / ((System.nanoTime() - start) / 1e9);
    }

    /** The same against the bare handler. */
    static double echo(List<Socket> sockets, byte[] request, int inFlight, double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long start = System.nanoTime();
        List<Work> works = new ArrayList<>();
        for (Socket socket : sockets) {
            works.add(() -> {
                long count = 0;
                while (System.nanoTime() < end) {
                    for (int i = 0; i < inFlight; i++) {
                        socket.put(request);
                    }
                    socket.flush();
                    for (int i = 0; i < inFlight; i++) {
                        socket.skip();
                    }
                    count += inFlight;
                }
                return count;
            });
        }
        return sum(together(works)) / ((System.nanoTime() - start) / 1e9);
    }

    private static double sum(List<Long> counts) {
        return counts.stream().mapToLong(count -> count).sum();
    }

    /** Many sessions on one connection, stepped by frames of a thousand. */
    static final class Fleet implements AutoCloseable {
        static final int FRAME = 1000;

        private final Socket socket;
        private final List<String> sessions;
        private long round;
        private int at;

        Fleet(Service service, String prefix, int count, String model) throws IOException {
            socket = new Socket(service.port, "/api/v1/stream");
            sessions = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                sessions.add(prefix + i);
            }
            open(socket, sessions, model, 1);
        }

        void send() throws IOException {
            var text = new StringBuilder(1 << 15).append("{\"type\":\"observe.many\",\"points\":[");
            for (int i = 0; i < FRAME; i++) {
                if (at == 0) {
                    round++;
                }
                text.append(i == 0 ? "[\"" : ",[\"")
                        .append(sessions.get(at))
                        .append("\",")
                        .append(round)
                        .append(',')
                        .append(100 + (at * 31L + round * 17) % 997 / 10.0)
                        .append(']');
                at = at + 1 == sessions.size() ? 0 : at + 1;
            }
            socket.put(text.append("]}").toString().getBytes(StandardCharsets.US_ASCII));
            socket.flush();
        }

        void hear() throws IOException {
            socket.skip();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Observations a second. */
    static double observeMany(List<Fleet> fleets, double seconds) throws IOException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        long start = System.nanoTime();
        List<Work> works = new ArrayList<>();
        for (Fleet fleet : fleets) {
            works.add(() -> {
                long count = 0;
                fleet.send();
                while (System.nanoTime() < end) {
                    fleet.send(); // one is on its way while the other is answered
                    fleet.hear();
                    count += Fleet.FRAME;
                }
                fleet.hear();
                return count + Fleet.FRAME;
            });
        }
        return sum(together(works)) / ((System.nanoTime() - start) / 1e9);
    }

    /** A request, and the answer to it. */
    interface Trip {
        void make() throws IOException;
    }

    /**
     * Round trips at a fixed rate over all connections, in nanoseconds, ascending: from when each was due. Each connection has a
     * thread of its own, so that an answer that is late keeps no other connection from asking.
     */
    static long[] roundTrips(List<Trip> connections, double perSecond, double seconds) throws IOException {
        int count = connections.size(), each = (int) (perSecond * seconds / count);
        double gap = 1e9 / perSecond;
        long start = System.nanoTime() + 100_000_000;
        long[] trips = new long[count * each];
        List<Work> works = new ArrayList<>();
        for (int connection = 0; connection < count; connection++) {
            int mine = connection;
            works.add(() -> {
                for (int i = mine; i < trips.length; i += count) {
                    long due = start + (long) (i * gap);
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    connections.get(mine).make();
                    trips[i] = System.nanoTime() - due;
                }
                return 0L;
            });
        }
        together(works);
        Arrays.sort(trips);
        return trips;
    }
}
