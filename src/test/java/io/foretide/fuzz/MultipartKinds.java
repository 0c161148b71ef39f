package io.foretide.fuzz;

import static io.foretide.fuzz.Kind.pick;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Parts that cannot be told apart, are missing, are too many, or say something else than they are. */
final class MultipartKinds {
    static final String BOUNDARY = "fuzz";

    private static final Predicate<Draft> FITS = draft -> draft.is("multipart/form-data");

    private MultipartKinds() {}

    /** A part as a client would send it. */
    static String part(String disposition, String type, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
                + (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "\r\n" + content + "\r\n";
    }

    static List<Kind> all() {
        return Kind.together(boundaries(), parts(), wholes());
    }

    private static List<Kind> boundaries() {
        return List.of(
                Kind.of(
                        "multipart: boundary",
                        FITS,
                        (draft, random) -> draft.setHeader(
                                "Content-Type",
                                "multipart/form-data"
                                        + pick(
                                                List.of(
                                                        "",
                                                        "; boundary=",
                                                        "; boundary=other",
                                                        "; boundary=\"fuzz",
                                                        "; boundary=" + "b".repeat(5_000),
                                                        "; boundary=fuzz; boundary=x",
                                                        "; boundary=\u00fc",
                                                        ";",
                                                        "; BOUNDARY=fuzz"),
                                                random))),
                Kind.of(
                        "multipart: cut",
                        FITS,
                        (draft, random) -> draft.text(draft.text()
                                .substring(0, random.nextInt(draft.text().length())))),
                Kind.of("multipart: no end", FITS, (draft, _) -> replace(draft, "--" + BOUNDARY + "--", "")),
                Kind.of("multipart: end at once", FITS, (draft, _) -> draft.text("--" + BOUNDARY + "--\r\n")),
                Kind.of("multipart: line feeds alone", FITS, (draft, _) -> replace(draft, "\r\n", "\n")));
    }

    private static List<Kind> parts() {
        return List.of(
                Kind.of(
                        "multipart: name",
                        FITS,
                        (draft, random) -> replace(
                                draft,
                                "name=\"data\"",
                                pick(
                                        List.of(
                                                "",
                                                "name=",
                                                "name=\"\"",
                                                "name=data",
                                                "name=\"Data\"",
                                                "name=\"other\"",
                                                "name=\"request\"",
                                                "name=\"da\u0000ta\"",
                                                "name=\"data\"; name=\"request\"",
                                                "name*=UTF-8''data"),
                                        random))),
                Kind.of(
                        "multipart: file name",
                        FITS,
                        (draft, random) -> replace(
                                draft,
                                "filename=\"data.csv\"",
                                pick(
                                        List.of(
                                                "",
                                                "filename=\"\"",
                                                "filename=\"../../etc/passwd\"",
                                                "filename=\"data.exe\"",
                                                "filename=\"data.csv.gz\"",
                                                "filename=\"data.json\"",
                                                "filename=\"a\u0000.csv\"",
                                                "filename=\"" + "f".repeat(3_000) + ".csv\"",
                                                "filename*=UTF-8''%00.csv"),
                                        random))),
                Kind.of(
                        "multipart: type of a part",
                        FITS,
                        (draft, random) -> replace(
                                draft,
                                "Content-Type: text/csv",
                                pick(
                                        List.of(
                                                "Content-Type: application/json",
                                                "Content-Type: image/png",
                                                "Content-Type: ",
                                                "Content-Type: text/csv; charset=utf-16",
                                                "Content-Type: multipart/mixed; boundary=fuzz",
                                                "Content-Type: multipart/form-data; boundary=x",
                                                "Content-Transfer-Encoding: base64"),
                                        random))));
    }

    private static List<Kind> wholes() {
        return List.of(
                Kind.of(
                        "multipart: part twice",
                        FITS,
                        (draft, random) -> draft.text(part(
                                        pick(
                                                List.of("name=\"data\"; filename=\"data.csv\"", "name=\"request\""),
                                                random),
                                        "text/csv",
                                        "x")
                                + draft.text())),
                Kind.rare(
                        "multipart: many parts",
                        FITS,
                        (draft, _) -> draft.text(part("name=\"x\"", "", "1").repeat(20_000) + draft.text())),
                Kind.rare(
                        "multipart: headers of a part",
                        FITS,
                        (draft, random) -> replace(
                                draft,
                                "Content-Type: text/csv",
                                pick(
                                        List.of(
                                                "X-A: 1\r\n".repeat(5_000) + "Content-Type: text/csv",
                                                "X-A: " + "a".repeat(100_000),
                                                "no colon here",
                                                ": empty",
                                                "X-A: 1\r\n folded"),
                                        random))),
                Kind.rare(
                        "multipart: nested",
                        FITS,
                        (draft, _) -> replace(
                                draft,
                                "Content-Type: text/csv\r\n\r\n",
                                "Content-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\nContent-Disposition: file; filename=\"a.csv\"\r\n\r\n")),
                Kind.of("multipart: settings", FITS, MultipartKinds::breakSettings),
                Kind.of(
                        "multipart: preamble",
                        FITS,
                        (draft, random) -> draft.text(
                                pick(List.of("preamble\r\n", "\r\n\r\n", "x".repeat(100_000), "--" + BOUNDARY), random)
                                        + draft.text())));
    }

    private static void breakSettings(Draft draft, RandomGenerator random) {
        String settings = pick(
                List.of(
                        "",
                        "{",
                        "[]",
                        "null",
                        "{\"forecast\":{}}",
                        "{\"forecast\":{\"horizon\":-1}}",
                        "{\"data\":{\"series\":[]}}",
                        "{\"x\":" + "[".repeat(100_000)),
                random);
        draft.text(draft.text().replaceFirst("(?s)\\{.*?\\}\\}", java.util.regex.Matcher.quoteReplacement(settings)));
    }

    private static void replace(Draft draft, String sought, String by) {
        draft.text(draft.text().replace(sought, by));
    }
}
