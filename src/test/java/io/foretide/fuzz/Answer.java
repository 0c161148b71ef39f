package io.foretide.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One answer of the service, read from the bytes of a connection. */
record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** All answers that a connection gave, interim ones left out; bytes that are none end them. */
    static List<Answer> read(byte[] bytes, boolean bodiless) {
        List<Answer> answers = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            String rest = new String(bytes, at, bytes.length - at, ISO_8859_1);
            int end = rest.indexOf("\r\n\r\n");
            if (!rest.startsWith("HTTP/1.1 ") || end < 0) {
                break;
            }
            int status = Integer.parseInt(rest.substring(9, 12));
            Map<String, String> headers = headers(rest.substring(0, end));
            int from = at + end + 4;
            boolean none = bodiless || status < 200 || status == 204 || status == 304;
            Body body = none ? new Body("", from) : body(bytes, from, headers);
            if (status >= 200) {
                answers.add(new Answer(status, headers, body.text()));
            }
            at = body.end();
        }
        return answers;
    }

    private static Map<String, String> headers(String head) {
        Map<String, String> headers = new TreeMap<>();
        head.lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> headers.merge(
                        line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                        line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first + ", " + second));
        return headers;
    }

    private record Body(String text, int end) {}

    private static Body body(byte[] bytes, int from, Map<String, String> headers) {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunks(bytes, from);
        }
        String length = headers.get("content-length");
        int end = length == null ? bytes.length : (int) Math.min(bytes.length, from + Long.parseLong(length));
        return new Body(new String(bytes, from, end - from, UTF_8), end);
    }

    private static Body chunks(byte[] bytes, int from) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < bytes.length) {
            int lineEnd = indexOf(bytes, at);
            int size = lineEnd < 0 ? 0 : Integer.parseInt(new String(bytes, at, lineEnd - at, ISO_8859_1), 16);
            at = lineEnd + 2;
            if (size == 0) {
                return new Body(text.toString(), lineEnd < 0 ? bytes.length : Math.min(bytes.length, at + 2));
            }
            text.append(new String(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)), UTF_8));
            at += size + 2;
        }
        return new Body(text.toString(), bytes.length);
    }

    private static int indexOf(byte[] bytes, int from) {
        for (int i = from; i + 1 < bytes.length; i++) {
            if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
