package chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** The network between clients and one process, whose address stays when the process does not; cuts connections anywhere. */
final class Proxy implements AutoCloseable {
    private static final int MEAN_BYTES = 150_000;

    private final ServerSocket server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    private final Random random;
    private final Tally tally;
    private volatile int target;
    private volatile boolean calm;

    Proxy(Random random, Tally tally) throws IOException {
        this.random = random;
        this.tally = tally;
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void leadTo(int port) {
        target = port;
    }

    /** Cuts nothing from now on. */
    void calm() {
        calm = true;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        try {
            var service = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            long bytes;
            synchronized (random) {
                bytes = (long) (-Math.log(1 - random.nextDouble()) * MEAN_BYTES);
            }
            var left = new AtomicLong(bytes);
            Thread.ofVirtual().start(() -> pass(client, service, left));
            pass(service, client, left);
        } catch (IOException _) {
            close(client);
        }
    }

    /** Passes bytes on until one side ends or the cut comes, which may be in the midst of a frame. */
    private void pass(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                long rest = left.addAndGet(-read);
                if (rest < 0 && !calm) {
                    out.write(buffer, 0, (int) Math.max(0, read + rest));
                    out.flush();
                    if (rest + read >= 0) { // the other direction sees it as well
                        tally.cuts.increment();
                    }
                    return;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // the other side hears of it
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no use any more
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
