package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Paths and query strings that lead nowhere, or try to. */
final class AddressKinds {
    private static final Predicate<Draft> HAS_PARAMETERS = draft -> !draft.pathValues.isEmpty();
    private static final Predicate<Draft> HAS_QUERY =
            draft -> !draft.operation.parametersIn("query").isEmpty();
    private static final List<String> SEGMENTS = List.of(
            "absent",
            "UPPER",
            "a%20b",
            "%2e%2e%2f",
            "..",
            ".",
            "%2e%2e",
            "..%2f..%2fetc%2fpasswd",
            "a%2Fb",
            "a%252Fb",
            "%00",
            "a%00b",
            "%zz",
            "%",
            "%u0041",
            "a;jsessionid=1",
            ";",
            "a;b=c",
            "\\..\\",
            "%5c..%5c",
            "%c0%ae%c0%ae",
            "%ff",
            "%E2%80%AE",
            "air:",
            "air:0",
            "air:-1",
            "air:1:2",
            "air:01",
            "air:99999999999999999999",
            "air@",
            "air@@champion",
            "air@latest:1",
            "air:1@champion",
            "@champion",
            ":1",
            "0",
            "-1",
            "1.0",
            "2147483648",
            "1e3",
            "latest",
            "null",
            "NaN",
            "*",
            "<x>",
            "\"",
            "'",
            "{name}",
            "$%7Bx%7D",
            "%0d%0aX-Injected:1",
            "%F0%9F%98%80",
            "a".repeat(63),
            "a".repeat(64),
            "a".repeat(7_000));
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "-1",
            "1",
            "1.5",
            "x",
            "true",
            "null",
            "NaN",
            "1e400",
            "2147483648",
            "9".repeat(40),
            "9".repeat(60),
            "%00",
            "%ff",
            "%zz",
            "%",
            "%0d%0aX:1",
            "%E2%80%AE",
            "%ED%A0%80",
            "+",
            "%2B1",
            "1,2",
            "1,,2",
            ",",
            "%5B1%5D",
            "%7B%7D",
            "%27%20or%201=1--",
            "a".repeat(3_000),
            "queued",
            "running",
            "Europe/Berlin",
            "Mars/Base",
            "D",
            "1ms",
            "0.1,0.5,0.9",
            "0,1",
            "1e-300");

    private AddressKinds() {}

    static List<Kind> all() {
        return Kind.together(paths(), queries());
    }

    private static List<Kind> paths() {
        return List.of(
                Kind.of("path: parameter", HAS_PARAMETERS, AddressKinds::changeSegment),
                Kind.of(
                        "path: slashes",
                        _ -> true,
                        (draft, random) -> draft.target = pick(
                                List.of(
                                        draft.target() + "/",
                                        "/" + draft.target(),
                                        draft.target().replace("/", "//"),
                                        draft.target().replace("/v1", "/v1/./x/.."),
                                        draft.target() + "//",
                                        "/..;/" + draft.target()),
                                random)),
                Kind.of(
                        "path: backslashes",
                        _ -> true,
                        (draft, _) -> draft.target = draft.target().replace("/", "\\")),
                Kind.of(
                        "path: case and ending",
                        _ -> true,
                        (draft, random) -> draft.target = pick(
                                List.of(
                                        draft.target().toUpperCase(java.util.Locale.ROOT),
                                        draft.target() + ".json",
                                        draft.target() + "%20",
                                        draft.target() + "%2e",
                                        draft.target() + "#x",
                                        draft.target() + ";a=b"),
                                random)),
                Kind.of(
                        "path: elsewhere",
                        _ -> true,
                        (draft, random) -> draft.target = pick(
                                List.of(
                                        "/",
                                        "/api",
                                        "/api/v1",
                                        "/api/v2/models",
                                        "/error",
                                        "/actuator",
                                        "/actuator/env",
                                        "/actuator/heapdump",
                                        "/h2-console",
                                        "/../../etc/passwd",
                                        "/%2e%2e/%2e%2e/etc/passwd",
                                        "/static/../application.yaml",
                                        "/application.yaml",
                                        "/WEB-INF/web.xml",
                                        "/swagger-ui/../../pom.xml",
                                        "/webjars/%2e%2e/x",
                                        "/favicon.ico",
                                        "/api/v1/stream",
                                        "*"),
                                random)));
    }

    private static List<Kind> queries() {
        return List.of(
                Kind.of(
                        "query: value",
                        HAS_QUERY,
                        (draft, random) -> draft.query.add(name(draft, random) + "=" + pick(VALUES, random))),
                Kind.of("query: twice", HAS_QUERY, AddressKinds::twice),
                Kind.of(
                        "query: unknown",
                        _ -> true,
                        (draft, random) -> draft.query.add(pick(
                                List.of(
                                        "surprise=1",
                                        "horizont=3",
                                        "Horizon=3",
                                        "limit%00=1",
                                        "a[]=1",
                                        "a.b=1",
                                        "=1",
                                        "=",
                                        "&&",
                                        "x",
                                        "%zz=1",
                                        "%ff=1",
                                        "class.module.classLoader=1",
                                        "a".repeat(2_000) + "=1"),
                                random))),
                Kind.of(
                        "query: cursor",
                        draft -> draft.target().endsWith("s") || HAS_QUERY.test(draft),
                        (draft, random) -> draft.query.add("cursor=" + cursor(random))),
                Kind.rare(
                        "query: many",
                        _ -> true,
                        (draft, random) -> fill(draft, pick(List.of(50, 101, 1_000), random))),
                Kind.rare(
                        "query: long",
                        _ -> true,
                        (draft, random) ->
                                draft.query.add("x=" + "y".repeat(pick(List.of(5_000, 17_000, 100_000), random)))),
                Kind.of(
                        "query: not encoded",
                        _ -> true,
                        (draft, random) -> draft.query.add(pick(
                                List.of(
                                        "q=[x]",
                                        "q={x}",
                                        "q=a b",
                                        "q=\u00fc",
                                        "q=\"x\"",
                                        "q=<x>",
                                        "q=a|b",
                                        "q=\u0001",
                                        "q=^`"),
                                random))));
    }

    private static void changeSegment(Draft draft, RandomGenerator random) {
        String name = pick(List.copyOf(draft.pathValues.keySet()), random);
        draft.pathValues.put(name, pick(SEGMENTS, random));
    }

    private static String name(Draft draft, RandomGenerator random) {
        return pick(draft.operation.parametersIn("query"), random).name();
    }

    private static void twice(Draft draft, RandomGenerator random) {
        String name = name(draft, random);
        draft.query.add(name + "=1");
        draft.query.add(name + "=" + pick(List.of("1", "2", ""), random));
    }

    private static void fill(Draft draft, int count) {
        List<String> names = new ArrayList<>(draft.operation.parametersIn("query").stream()
                .map(Operation.Parameter::name)
                .toList());
        for (int i = 0; i < count; i++) {
            draft.query.add((i < names.size() ? names.get(i) : "p" + i) + "=1");
        }
    }

    private static String cursor(RandomGenerator random) {
        String position = pick(
                List.of(
                        "",
                        "0",
                        "-1",
                        "1",
                        "air",
                        "AIR",
                        "../x",
                        "9223372036854775808",
                        "x".repeat(2_000),
                        "' or 1=1 --",
                        "\u0000",
                        "2024-01-01T00:00:00Z|x",
                        "{\"a\":1}"),
                random);
        String encoded = Base64.getUrlEncoder().encodeToString(position.getBytes(StandardCharsets.UTF_8));
        return pick(
                List.of(
                        encoded,
                        encoded.replace("=", ""),
                        URLEncoder.encode(position, StandardCharsets.UTF_8),
                        "!!!",
                        "%ff%fe",
                        "gICA"),
                random);
    }
}
