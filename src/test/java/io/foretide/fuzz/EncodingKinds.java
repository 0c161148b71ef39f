package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

/** Bodies in other characters than they say, and bodies that are compressed. */
final class EncodingKinds {
    private static final Predicate<Draft> FITS = Draft::hasBody;
    private static final byte[] BOMB = gzip(new byte[40 << 20]);

    private EncodingKinds() {}

    static List<Kind> all() {
        return Kind.together(charsets(), compression());
    }

    private static List<Kind> charsets() {
        return List.of(
                Kind.of(
                        "text: another charset",
                        FITS,
                        (draft, random) -> draft.body = draft.text()
                                .getBytes(Charset.forName(pick(
                                        List.of("UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1", "IBM037", "windows-1252"),
                                        random)))),
                Kind.of(
                        "text: charset in the header",
                        FITS,
                        (draft, random) -> draft.setHeader(
                                "Content-Type",
                                draft.contentType() + "; charset="
                                        + pick(
                                                List.of(
                                                        "utf-8",
                                                        "UTF-16",
                                                        "latin1",
                                                        "\"utf-8\"",
                                                        "none",
                                                        "",
                                                        "utf-8; charset=utf-16",
                                                        "\u00fc"),
                                                random))),
                Kind.of(
                        "text: byte order mark",
                        FITS,
                        (draft, random) -> draft.body = concat(
                                pick(
                                        List.of(
                                                bytes(0xEF, 0xBB, 0xBF),
                                                bytes(0xFF, 0xFE),
                                                bytes(0xFE, 0xFF),
                                                bytes(0, 0, 0xFE, 0xFF)),
                                        random),
                                draft.body)),
                Kind.of("text: broken UTF-8", FITS, EncodingKinds::breakUtf8),
                Kind.of(
                        "text: random bytes",
                        FITS,
                        (draft, random) -> random.nextBytes(draft.body = new byte[1 + random.nextInt(2_000)])),
                Kind.of(
                        "text: flipped bits",
                        FITS,
                        (draft, random) ->
                                draft.body[random.nextInt(draft.body.length)] ^= (byte) (1 << random.nextInt(8))));
    }

    private static List<Kind> compression() {
        return List.of(
                Kind.of("gzip: valid", FITS, (draft, _) -> compressed(draft, gzip(draft.body))),
                Kind.of("gzip: truncated", FITS, (draft, random) -> compressed(draft, cut(gzip(draft.body), random))),
                Kind.of("gzip: flipped bits", FITS, EncodingKinds::flipCompressed),
                Kind.of("gzip: not compressed", FITS, (draft, _) -> compressed(draft, draft.body)),
                Kind.of("gzip: not said", FITS, (draft, _) -> draft.body = gzip(draft.body)),
                Kind.of("gzip: twice", FITS, (draft, _) -> compressed(draft, gzip(gzip(draft.body)))),
                Kind.of(
                        "gzip: two members",
                        FITS,
                        (draft, _) -> compressed(draft, concat(gzip(draft.body), gzip(draft.body)))),
                Kind.of(
                        "gzip: more after the end",
                        FITS,
                        (draft, _) -> compressed(draft, concat(gzip(draft.body), bytes(1, 2, 3)))),
                Kind.of("gzip: empty", FITS, (draft, _) -> compressed(draft, gzip(new byte[0]))),
                Kind.rare("gzip: bomb", FITS, (draft, _) -> compressed(draft, BOMB)),
                Kind.rare("gzip: bomb in a bomb", FITS, (draft, _) -> compressed(draft, gzip(BOMB))),
                Kind.of(
                        "gzip: other encodings",
                        FITS,
                        (draft, random) -> draft.setHeader(
                                "Content-Encoding",
                                pick(
                                        List.of(
                                                "br",
                                                "deflate",
                                                "zstd",
                                                "gzip, gzip",
                                                "identity",
                                                "GZIP",
                                                "",
                                                "x-gzip",
                                                "gzip;q=0",
                                                "a".repeat(5_000)),
                                        random))));
    }

    private static void breakUtf8(Draft draft, RandomGenerator random) {
        byte[] broken = pick(
                List.of(
                        bytes(0xC3),
                        bytes(0xED, 0xA0, 0x80),
                        bytes(0xC0, 0x80),
                        bytes(0xF5, 0x80, 0x80, 0x80),
                        bytes(0x80),
                        bytes(0xFF),
                        bytes(0xF0, 0x9F, 0x98)),
                random);
        int at = random.nextInt(draft.body.length);
        draft.body = concat(
                concat(Arrays.copyOf(draft.body, at), broken), Arrays.copyOfRange(draft.body, at, draft.body.length));
    }

    private static void flipCompressed(Draft draft, RandomGenerator random) {
        byte[] bytes = gzip(draft.body);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        compressed(draft, bytes);
    }

    private static void compressed(Draft draft, byte[] bytes) {
        draft.body = bytes;
        draft.setHeader("Content-Encoding", "gzip");
    }

    private static byte[] cut(byte[] bytes, RandomGenerator random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static byte[] concat(String first, byte[] second) {
        return concat(first.getBytes(UTF_8), second);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
