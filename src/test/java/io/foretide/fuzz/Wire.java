package io.foretide.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/** Sends bytes as they are, as slowly or brokenly as they shall be, and takes what comes back. */
final class Wire {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;

    Wire(int port) {
        this.port = port;
    }

    /**
     * What came back of a request.
     *
     * @param answers those that could be read; none where the connection was closed without
     * @param timedOut whether neither an answer nor the end of the connection came in time
     * @param sending from the connection to the last byte sent
     * @param took from the connection to the end
     */
    record Reply(List<Answer> answers, boolean timedOut, Duration sending, Duration took) {}

    Reply send(Shot shot) throws IOException {
        long start = System.nanoTime();
        Duration sending;
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        boolean timedOut = false;
        try (Socket socket = new Socket()) {
            if (shot.delivery() instanceof Delivery.ReadSlowly) {
                socket.setReceiveBufferSize(2048);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            deliver(shot, socket);
            sending = Duration.ofNanos(System.nanoTime() - start);
            if (!(shot.delivery() instanceof Delivery.Aborted)) {
                timedOut = !receive(shot, socket, received);
            }
        }
        List<Answer> answers = Answer.read(received.toByteArray(), shot.bodiless());
        return new Reply(answers, timedOut, sending, Duration.ofNanos(System.nanoTime() - start));
    }

    private static void deliver(Shot shot, Socket socket) throws IOException {
        byte[] bytes = shot.bytes();
        OutputStream out = socket.getOutputStream();
        try {
            switch (shot.delivery()) {
                case Delivery.Whole _, Delivery.ReadSlowly _ -> out.write(bytes);
                case Delivery.Dripped(int pieces, Duration pause) -> drip(socket, bytes, pieces, pause);
                case Delivery.Silent(double part) -> out.write(bytes, 0, (int) (part * bytes.length));
                case Delivery.HalfClosed(double part) -> {
                    out.write(bytes, 0, (int) (part * bytes.length));
                    socket.shutdownOutput();
                }
                case Delivery.Aborted(double part) -> {
                    out.write(bytes, 0, (int) (part * bytes.length));
                    socket.setSoLinger(true, 0);
                }
            }
        } catch (IOException refused) {
            // The service may answer and close before it has everything; the answer is still there to be read.
        }
    }

    /** Stops as soon as there is an answer, and after ten seconds. */
    private static void drip(Socket socket, byte[] bytes, int pieces, Duration pause) throws IOException {
        int size = Math.max(1, bytes.length / Math.min(pieces, bytes.length));
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        for (int from = 0; from < bytes.length; from += size) {
            if (socket.getInputStream().available() > 0 || System.nanoTime() > end) {
                return;
            }
            socket.getOutputStream().write(bytes, from, Math.min(size, bytes.length - from));
            sleep(pause);
        }
    }

    /** Whether the connection ended by itself. */
    private static boolean receive(Shot shot, Socket socket, ByteArrayOutputStream received) {
        boolean slowly = shot.delivery() instanceof Delivery.ReadSlowly;
        byte[] buffer = new byte[slowly ? 512 : 1 << 16];
        try {
            InputStream in = socket.getInputStream();
            for (int read = in.read(buffer), pieces = 0; read >= 0; read = in.read(buffer), pieces++) {
                received.write(buffer, 0, read);
                if (slowly && pieces < 50) {
                    sleep(Duration.ofMillis(20));
                }
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException reset) {
            return true; // what came before is what a client sees
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
