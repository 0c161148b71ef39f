package io.foretide.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.foretide.http.testing.Client;
import io.foretide.http.testing.TrialServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@TrialServer
class BodyLimitsTest {
    private static final int MEGABYTE = 1 << 20;
    private static final String HEAD = "POST /trial/settings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    @LocalServerPort
    int port;

    Client client;

    @BeforeEach
    void connect() {
        client = new Client(port);
    }

    @Test
    void refusesLargeBodiesBeforeTheyAreSent() {
        String answer = client.raw(HEAD + "Content-Length: 99999999999\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("/problems/body-too-large", "33554432", "Connection: close");
    }

    @Test
    void doesNotAskForABodyThatItWillRefuse() {
        String answer = client.raw(HEAD + "Expect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void stopsReadingChunksThatNeverEnd() throws IOException {
        long sent = 0;
        StringBuilder answer = new StringBuilder();
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
            byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(UTF_8);
            sent = sendUntilRefused(out, chunk, 200L * MEGABYTE);
            answer.append(read(socket.getInputStream()));
        }

        assertThat(sent).isLessThan(60L * MEGABYTE);
        assertThat(answer.toString())
                .satisfiesAnyOf(
                        text -> assertThat(text).startsWith("HTTP/1.1 413"), //
                        text -> assertThat(text).isEmpty()); // the reset can overtake the answer
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "identity, gzip"})
    void refusesBombsBeforeTheyUnfold(String encoding) throws IOException {
        byte[] bomb = bomb(300L * MEGABYTE);

        client.post("/trial/settings", "application/json", bomb, "Content-Encoding", encoding)
                .isProblem(413, "body-too-large")
                .saying("max-compression-ratio");
    }

    @Test
    void refusesBodiesThatAreTooLargeOnceInflated() throws IOException {
        byte[] mixed = ramp(40 * MEGABYTE);

        client.post("/trial/settings", "application/json", mixed, "Content-Encoding", "gzip")
                .isProblem(413, "body-too-large")
                .saying("max-body-size");
    }

    @Test
    void refusesBombsInsideParts() throws IOException {
        byte[] settings =
                "--b\r\nContent-Disposition: form-data; name=request\r\n\r\n{\"forecast\":{\"horizon\":1}}\r\n"
                        .getBytes(UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("--b\r\nContent-Disposition: form-data; name=data; filename=a.json.gz\r\n\r\n".getBytes(UTF_8));
        file.writeBytes(bomb(300L * MEGABYTE));
        file.writeBytes("\r\n".getBytes(UTF_8));

        for (List<byte[]> parts :
                List.of(List.of(settings, file.toByteArray()), List.of(file.toByteArray(), settings))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            parts.forEach(body::writeBytes);
            body.writeBytes("--b--\r\n".getBytes(UTF_8));

            client.post("/trial/series", "multipart/form-data; boundary=b", body.toByteArray())
                    .isProblem(413, "body-too-large");
        }
    }

    @Test
    void takesLongRunsThatCompressWellWhileTheyAreSmall() throws IOException {
        byte[] spaces = bomb(8L * MEGABYTE);

        client.post("/trial/settings", "application/json", spaces, "Content-Encoding", "gzip")
                .isProblem(400, "malformed-body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "zstd", "gzip, gzip", "nonsense", "gzip;q=1"})
    void refusesOtherEncodings(String encoding) {
        assertThat(client.post("/trial/settings", "application/json", new byte[] {1}, "Content-Encoding", encoding)
                        .isProblem(415, "unsupported-media-type")
                        .header("Accept-Encoding"))
                .isEqualTo("gzip");
    }

    @Test
    void refusesGzipThatIsNone() {
        byte[] whole = Client.gzip("{\"forecast\":{\"horizon\":1}}".getBytes(UTF_8));
        byte[] half = Arrays.copyOf(whole, whole.length - 9);
        byte[] broken = whole.clone();
        broken[whole.length - 5] ^= 1; // the checksum

        for (byte[] body : new byte[][] {"{}".getBytes(UTF_8), half, broken, {}}) {
            client.post("/trial/settings", "application/json", body, "Content-Encoding", "gzip")
                    .isProblem(400, "malformed-body");
        }
    }

    @Test
    void boundsTheNumberOfSeries() {
        String series = "{\"target\":[1]},".repeat(100) + "{\"target\":[1]}";

        client.postJson("/trial/series", "{\"series\":[" + series + "],\"forecast\":{\"horizon\":1}}")
                .isProblem(422, "limit-exceeded")
                .saying("100");
    }

    private static long sendUntilRefused(OutputStream out, byte[] chunk, long most) {
        long sent = 0;
        try {
            while (sent < most) {
                out.write(chunk);
                sent += chunk.length;
            }
        } catch (IOException refused) {
            return sent;
        }
        return sent;
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException reset) {
            return "";
        }
    }

    private static byte[] bomb(long size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] blanks = " ".repeat(MEGABYTE).getBytes(UTF_8);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (long written = 0; written < size; written += MEGABYTE) {
                gzip.write(blanks);
            }
        }
        return bytes.toByteArray();
    }

    /** Blanks with a number here and there, so that they compress less well than a bomb. */
    private static byte[] ramp(int size) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Random random = new Random(1);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("{\"description\":[".getBytes(UTF_8));
            for (int written = 0; written < size; written += 64) {
                gzip.write((" ".repeat(60) + (char) (' ' + (random.nextInt(2) * -23)) + "\n\t ").getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
