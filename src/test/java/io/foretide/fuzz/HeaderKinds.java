package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.util.List;
import java.util.function.Predicate;

/** Headers that are nonsense, too many, too large, or ask for what is not there. */
final class HeaderKinds {
    private static final Predicate<Draft> ANY = _ -> true;
    private static final String LONG = "x".repeat(5_000);
    private static final List<String> VALUES = List.of(
            "",
            " ",
            "0",
            "-1",
            "x",
            "*",
            "\"",
            "\"x\"",
            "W/\"1\"",
            "\"1\", \"2\"",
            "\u00fc\u00ff",
            "9".repeat(40),
            LONG,
            "a,b,,c",
            ";;;",
            "%00",
            "\t",
            "null",
            "'; --");

    private HeaderKinds() {}

    static List<Kind> all() {
        return Kind.together(contentTypes(), conditions(), origins(), malformed(), large());
    }

    private static List<Kind> contentTypes() {
        return List.of(
                Kind.of(
                        "header: Accept",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Accept",
                                pick(
                                        List.of(
                                                "image/png",
                                                "text/csv",
                                                "*/*;q=0",
                                                "application/json;q=2",
                                                "nonsense",
                                                "",
                                                "/",
                                                "*/json",
                                                "text/event-stream",
                                                "application/problem+json",
                                                "text/html",
                                                "a/b,".repeat(1_000),
                                                "application/json; charset=utf-16",
                                                "text/csv;q=0.1, application/json;q=0.1"),
                                        random))),
                Kind.of(
                        "header: Content-Type",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Content-Type",
                                pick(
                                        List.of(
                                                "",
                                                "text/plain",
                                                "application/xml",
                                                "application/x-www-form-urlencoded",
                                                "multipart/form-data",
                                                "multipart/mixed; boundary=a",
                                                "application/json, text/csv",
                                                "application/json;",
                                                "application/json; a",
                                                "APPLICATION/JSON",
                                                "application/*",
                                                "*/*",
                                                "json",
                                                "application/json; charset",
                                                "application/zip",
                                                "text/csv; header=absent",
                                                LONG),
                                        random))),
                Kind.of("header: no Content-Type", Draft::hasBody, (draft, _) -> draft.removeHeader("Content-Type")),
                Kind.of(
                        "header: two Content-Types",
                        Draft::hasBody,
                        (draft, random) -> draft.headers.add("Content-Type: "
                                + pick(List.of("text/csv", "application/json", "text/html"), random))));
    }

    private static List<Kind> conditions() {
        return List.of(
                Kind.of(
                        "header: Range",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Range",
                                pick(
                                        List.of(
                                                "bytes=0-0",
                                                "bytes=-1",
                                                "bytes=5-1",
                                                "bytes=0-,0-,0-",
                                                "bytes=" + "0-1,".repeat(500) + "2-3",
                                                "bytes=999999999999999999999-",
                                                "lines=1-2",
                                                "bytes=a-b",
                                                "x"),
                                        random))),
                Kind.of("header: If-Match", ANY, (draft, random) -> draft.setHeader("If-Match", pick(VALUES, random))),
                Kind.of(
                        "header: If-None-Match",
                        ANY,
                        (draft, random) -> draft.setHeader("If-None-Match", pick(VALUES, random))),
                Kind.of(
                        "header: dates",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                pick(List.of("If-Modified-Since", "If-Unmodified-Since", "If-Range", "Date"), random),
                                pick(
                                        List.of(
                                                "yesterday",
                                                "Mon, 32 Jan 2024 99:99:99 GMT",
                                                "0",
                                                "Sun, 06 Nov 1994 08:49:37 GMT",
                                                "Fri, 31 Dec 9999 23:59:59 GMT"),
                                        random))),
                Kind.of(
                        "header: Last-Event-ID",
                        ANY,
                        (draft, random) -> draft.setHeader("Last-Event-ID", pick(VALUES, random))),
                Kind.of(
                        "header: Idempotency-Key",
                        ANY,
                        (draft, random) -> draft.setHeader("Idempotency-Key", pick(VALUES, random))));
    }

    private static List<Kind> origins() {
        return List.of(
                Kind.of(
                        "header: Origin",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Origin",
                                pick(
                                        List.of(
                                                "https://evil.example",
                                                "null",
                                                "http://localhost",
                                                "http://localhost:1",
                                                "nonsense",
                                                "http://",
                                                "file://",
                                                "http://localhost.evil.example",
                                                ""),
                                        random))),
                Kind.of(
                        "header: Sec-Fetch-Site",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Sec-Fetch-Site",
                                pick(List.of("cross-site", "same-site", "same-origin", "none", "x", ""), random))),
                Kind.of(
                        "header: forwarded",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                pick(
                                        List.of(
                                                "X-Forwarded-For",
                                                "X-Forwarded-Host",
                                                "X-Forwarded-Proto",
                                                "X-Forwarded-Prefix",
                                                "Forwarded",
                                                "X-HTTP-Method-Override",
                                                "X-Original-URL",
                                                "X-Rewrite-URL"),
                                        random),
                                pick(
                                        List.of(
                                                "127.0.0.1",
                                                "evil.example",
                                                "https",
                                                "/../..",
                                                "DELETE",
                                                "for=\"[::1]\"",
                                                LONG),
                                        random))),
                Kind.of("header: Upgrade", ANY, (draft, random) -> {
                    draft.setHeader("Connection", "Upgrade, close");
                    draft.headers.add("Upgrade: " + pick(List.of("websocket", "h2c", "TLS/1.3", "x"), random));
                }),
                Kind.of(
                        "header: Expect",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                "Expect", pick(List.of("100-continue", "200-ok", "100-continue, x", ""), random))));
    }

    private static List<Kind> malformed() {
        return List.of(
                Kind.of(
                        "header: language and charset",
                        ANY,
                        (draft, random) -> draft.setHeader(
                                pick(
                                        List.of(
                                                "Accept-Language",
                                                "Accept-Charset",
                                                "Accept-Encoding",
                                                "Content-Language",
                                                "TE",
                                                "Trailer",
                                                "Cookie",
                                                "Authorization",
                                                "Referer",
                                                "User-Agent",
                                                "traceparent",
                                                "Cache-Control"),
                                        random),
                                pick(VALUES, random))),
                Kind.of(
                        "header: malformed",
                        ANY,
                        (draft, random) -> draft.headers.add(pick(
                                List.of(
                                        "No colon",
                                        ": no name",
                                        "Bad Name: 1",
                                        "X: a\u0000b",
                                        "X: a\rb",
                                        "X\t: 1",
                                        "X: 1\r\n folded",
                                        "X: \u007f",
                                        "\u00fc: 1",
                                        "X(: 1",
                                        " X: 1"),
                                random))),
                Kind.of(
                        "header: Host",
                        ANY,
                        (draft, random) -> draft.host = pick(
                                List.of(
                                        "",
                                        "a b",
                                        "localhost:99999999",
                                        "localhost:x",
                                        "[::1",
                                        "x\r\nHost: y",
                                        "evil.example",
                                        "@",
                                        "-",
                                        "a".repeat(300),
                                        "\u00fc",
                                        "%00"),
                                random)));
    }

    private static List<Kind> large() {
        return List.of(
                Kind.rare(
                        "header: many", ANY, (draft, random) -> addMany(draft, pick(List.of(90, 101, 2_000), random))),
                Kind.rare(
                        "header: large",
                        ANY,
                        (draft, random) -> draft.headers.add(
                                "X-Large: " + "x".repeat(pick(List.of(8_000, 17_000, 70_000, 1_000_000), random)))),
                Kind.rare("header: long name", ANY, (draft, _) -> draft.headers.add("X".repeat(20_000) + ": 1")));
    }

    private static void addMany(Draft draft, int count) {
        for (int i = 0; i < count; i++) {
            draft.headers.add("X-" + i + ": " + i);
        }
    }
}
