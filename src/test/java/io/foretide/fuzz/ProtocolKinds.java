package io.foretide.fuzz;

import static io.foretide.fuzz.EncodingKinds.bytes;
import static io.foretide.fuzz.EncodingKinds.concat;
import static io.foretide.fuzz.Kind.pick;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Methods that do not fit, bodies framed wrongly, and bytes that are no HTTP. */
final class ProtocolKinds {
    private static final Predicate<Draft> ANY = _ -> true;

    private ProtocolKinds() {}

    static List<Kind> all() {
        return Kind.together(methods(), chunkings(), lengths(), lines(), connections());
    }

    private static List<Kind> methods() {
        return List.of(
                Kind.of("method: another", ANY, (draft, random) -> draft.method = another(draft, random)),
                Kind.of(
                        "method: unknown",
                        ANY,
                        (draft, random) -> draft.method = pick(
                                List.of(
                                        "FOO",
                                        "get",
                                        "PROPFIND",
                                        "G\u00e9T",
                                        "GET\u0000",
                                        "<",
                                        "X".repeat(5_000),
                                        "",
                                        "QUERY"),
                                random)),
                Kind.of("body: where there is none", draft -> !draft.hasBody(), (draft, random) -> {
                    draft.setHeader(
                            "Content-Type",
                            pick(List.of("application/json", "text/csv", "multipart/form-data; boundary=x"), random));
                    draft.text(pick(List.of("{}", "x", "{\"a\":" + "[".repeat(10_000)), random));
                }));
    }

    private static List<Kind> chunkings() {
        return List.of(
                Kind.of("chunks: valid", Draft::hasBody, (draft, random) -> chunked(draft, chunks(draft.body, random))),
                Kind.of(
                        "chunks: size",
                        Draft::hasBody,
                        (draft, random) -> chunked(
                                draft,
                                concat(
                                        pick(
                                                List.of(
                                                        "zz\r\n",
                                                        "-1\r\n",
                                                        "\r\n",
                                                        "ffffffffffffffff\r\n",
                                                        "7fffffff\r\n",
                                                        "0x5\r\n",
                                                        "5 ;x\r\n",
                                                        "fffffffffff\r\n",
                                                        "1".repeat(5_000) + "\r\n"),
                                                random),
                                        draft.body))),
                Kind.of("chunks: without end", Draft::hasBody, (draft, random) -> {
                    byte[] chunks = chunks(draft.body, random);
                    chunked(draft, Arrays.copyOf(chunks, chunks.length - 5));
                    draft.delivery = new Delivery.HalfClosed(1);
                    draft.mayBeDropped = true;
                }),
                Kind.of(
                        "chunks: line ends",
                        Draft::hasBody,
                        (draft, random) -> chunked(
                                draft,
                                new String(chunks(draft.body, random), ISO_8859_1)
                                        .replace("\r\n", pick(List.of("\n", "\r", "\r\n\r\n"), random))
                                        .getBytes(ISO_8859_1))),
                Kind.of(
                        "chunks: extensions and trailers",
                        Draft::hasBody,
                        (draft, random) -> chunked(
                                draft,
                                concat(
                                        "1;" + "e".repeat(pick(List.of(10, 10_000), random))
                                                + "\r\n{\r\n0\r\nX-Trailer: "
                                                + "t".repeat(pick(List.of(1, 20_000), random)) + "\r\n\r\n",
                                        new byte[0]))),
                Kind.of("chunks: and a length", Draft::hasBody, (draft, random) -> {
                    draft.setHeader("Content-Length", String.valueOf(draft.body.length));
                    chunked(draft, chunks(draft.body, random));
                }));
    }

    private static List<Kind> lengths() {
        return List.of(
                Kind.of(
                        "encoding: unknown",
                        Draft::hasBody,
                        (draft, random) -> draft.setHeader(
                                "Transfer-Encoding",
                                pick(
                                        List.of(
                                                "rot13",
                                                "gzip, chunked",
                                                "chunked, chunked",
                                                "identity",
                                                "chunked;q=1",
                                                "xchunked"),
                                        random))),
                Kind.of(
                        "length: nonsense",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Content-Length",
                                pick(
                                        List.of(
                                                "-1",
                                                "x",
                                                "1.0",
                                                "0x10",
                                                "+5",
                                                "",
                                                "99999999999999999999",
                                                " 5 5",
                                                "1,2"),
                                        random))),
                Kind.of("length: two", ANY, (draft, random) -> {
                    draft.setHeader("Content-Length", String.valueOf(draft.body.length));
                    draft.headers.add("Content-Length: " + pick(List.of("0", "1", "" + draft.body.length), random));
                }),
                Kind.of(
                        "length: too short",
                        Draft::hasBody,
                        (draft, random) -> draft.setHeader("Content-Length", "" + random.nextInt(draft.body.length))),
                Kind.of("length: far too large", ANY, (draft, _) -> draft.setHeader("Content-Length", "99999999999")));
    }

    private static List<Kind> lines() {
        return List.of(
                Kind.of(
                        "line: version",
                        ANY,
                        (draft, random) -> line(
                                draft,
                                pick(
                                        List.of(
                                                "",
                                                " ",
                                                " HTTP/1.0",
                                                " HTTP/0.9",
                                                " HTTP/2.0",
                                                " HTTP/9.9",
                                                " http/1.1",
                                                " HTTP/1.1 x",
                                                " FTP/1.1"),
                                        random))),
                Kind.of(
                        "line: target",
                        ANY,
                        (draft, random) -> draft.target = pick(
                                List.of(
                                        "http://localhost" + draft.target(),
                                        "http://evil.example" + draft.target(),
                                        "//evil.example/x",
                                        "x",
                                        "?",
                                        "http://",
                                        "ftp://x/",
                                        "/" + "a/".repeat(4_000),
                                        "/\u0001"),
                                random)),
                Kind.of("line: ends", ANY, (draft, random) -> {
                    String head = new String(draft.head(), ISO_8859_1);
                    draft.wire = concat(
                            pick(
                                            List.of(
                                                    head.replace("\r\n", "\n"),
                                                    "\r\n\r\n" + head,
                                                    head.replace("\r\n", "\r"),
                                                    head.replaceFirst("\r\n", "\r\n\r\n")),
                                            random)
                                    .getBytes(ISO_8859_1),
                            draft.body);
                }));
    }

    private static List<Kind> connections() {
        return List.of(
                Kind.of("no HTTP", ANY, (draft, random) -> {
                    draft.wire = pick(
                            List.of(
                                    bytes(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 0, 0, 0),
                                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1),
                                    "GARBAGE\r\n\r\n".getBytes(ISO_8859_1),
                                    "\r\n".repeat(100).getBytes(ISO_8859_1),
                                    bytes(0, 0, 0, 0),
                                    "x".repeat(100_000).getBytes(ISO_8859_1)),
                            random);
                    draft.delivery = new Delivery.HalfClosed(1);
                    draft.mayBeDropped = true;
                }),
                Kind.of("pipelined", draft -> !draft.operation.changes(), ProtocolKinds::pipeline),
                Kind.of(
                        "pipelined: garbage behind",
                        ANY,
                        (draft, random) -> draft.wire = concat(
                                draft.bytes(),
                                pick(List.of("GARBAGE\r\n\r\n", "\u0000", "GET /"), random)
                                        .getBytes(ISO_8859_1))));
    }

    private static String another(Draft draft, RandomGenerator random) {
        List<String> others = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT");
        String method = pick(others, random);
        return method.equals(draft.method) ? "TRACE" : method;
    }

    private static void chunked(Draft draft, byte[] chunks) {
        draft.setHeader("Transfer-Encoding", "chunked");
        draft.body = chunks;
    }

    private static byte[] chunks(byte[] body, RandomGenerator random) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int size = 1 + random.nextInt(Math.max(2, body.length / 4));
        for (int from = 0; from < body.length; from += size) {
            int length = Math.min(size, body.length - from);
            chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            chunks.write(body, from, length);
            chunks.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        return chunks.toByteArray();
    }

    private static void line(Draft draft, String version) {
        String head = new String(draft.head(), ISO_8859_1);
        String rest = head.substring(head.indexOf("\r\n"));
        draft.wire = concat((draft.method + " " + draft.target() + version + rest).getBytes(ISO_8859_1), draft.body);
        draft.mayBeDropped = version.isEmpty(); // that is HTTP/0.9, whose answers have no status
    }

    private static void pipeline(Draft draft, RandomGenerator random) {
        byte[] last = draft.bytes();
        draft.setHeader("Connection", "keep-alive");
        byte[] one = draft.bytes();
        byte[] all = {};
        for (int i = 0; i < 2 + random.nextInt(20); i++) {
            all = concat(all, one);
        }
        draft.wire = concat(all, last);
    }
}
