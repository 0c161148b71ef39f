package io.foretide.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves the pages that the types of problem documents point at. */
@Hidden
@RestController
final class ProblemController {
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ProblemPages pages = new ProblemPages();

    @GetMapping("/problems")
    ResponseEntity<byte[]> overview() {
        return html(pages.overview());
    }

    @GetMapping("/problems/{slug}")
    ResponseEntity<byte[]> page(@PathVariable String slug) {
        ProblemType type = ProblemType.ofSlug(slug)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.NOT_FOUND, "There is no problem of this name. All are listed at /problems."));
        return html(pages.page(type));
    }

    /** Bytes with a media type of their own: whatever the client accepts, a page is what it gets. */
    private static ResponseEntity<byte[]> html(String page) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(page.getBytes(StandardCharsets.UTF_8));
    }
}
