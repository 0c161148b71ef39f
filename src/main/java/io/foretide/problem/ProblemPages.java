package io.foretide.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The pages that say what to do about each problem, made from {@code docs/problems.md}. */
final class ProblemPages {
    private static final String SOURCE = "/docs/problems.md";
    private static final Pattern HEADING = Pattern.compile("(?m)^## (\\S+)\\s*$");
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s · Foretide</title>
            <style>
            :root { color-scheme: light dark }
            body { font: 1rem/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
            pre { overflow-x: auto; padding: 1rem; border: 1px solid #8884; border-radius: .4rem }
            code { font: .9em/1.5 ui-monospace, monospace }
            a { color: inherit }
            </style>
            </head>
            <body>
            %s
            </body>
            </html>
            """;

    private final String introduction;
    private final Map<String, String> sections = new LinkedHashMap<>();

    ProblemPages() {
        String source = read();
        Matcher heading = HEADING.matcher(source);
        int start = -1;
        int introductionEnd = source.length();
        String slug = "";
        while (heading.find()) {
            if (start < 0) {
                introductionEnd = heading.start();
            } else {
                sections.put(slug, source.substring(start, heading.start()));
            }
            slug = heading.group(1);
            start = heading.end();
        }
        if (start >= 0) {
            sections.put(slug, source.substring(start));
        }
        introduction = source.substring(0, introductionEnd);
    }

    /** The slugs of all sections, in the order of the document. */
    Set<String> slugs() {
        return sections.keySet();
    }

    String overview() {
        StringBuilder list = new StringBuilder(introduction).append('\n');
        for (String slug : sections.keySet()) {
            ProblemType type = ProblemType.ofSlug(slug).orElseThrow();
            list.append("- %d [%s](/problems/%s)\n".formatted(type.status(), type.title(), slug));
        }
        return PAGE.formatted("Problems", html(list.toString()));
    }

    String page(ProblemType type) {
        String section = sections.getOrDefault(type.slug(), "");
        String text = "# %s\n\nStatus %d, type `/problems/%s`\n\n%s\n\n[All problems](/problems)\n"
                .formatted(type.title(), type.status(), type.slug(), section);
        return PAGE.formatted(type.title(), html(text));
    }

    private static String html(String markdown) {
        return HtmlRenderer.builder().build().render(Parser.builder().build().parse(markdown));
    }

    private static String read() {
        try (InputStream source = ProblemPages.class.getResourceAsStream(SOURCE)) {
            if (source == null) {
                throw new IllegalStateException(SOURCE + " is missing on the class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
