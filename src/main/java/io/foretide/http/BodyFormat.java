package io.foretide.http;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** The forms in which a body can be sent. */
enum BodyFormat {
    JSON("application/json", ".json"),
    CSV("text/csv", ".csv"),
    JSON_LINES("application/x-ndjson", ".ndjson"),
    TEXT("text/plain", ".txt"),
    MULTIPART("multipart/form-data", "");

    private final String mediaType;
    private final String extension;

    BodyFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** Fails for a content type that names many: Spring trips over it wherever it stands, even where nobody reads it. */
    static void requireConcrete(@Nullable String contentType) {
        if (parse(contentType).filter(type -> !type.isConcrete()).isPresent()) {
            throw unsupported(contentType, List.of(values()));
        }
    }

    /** The form that a content type names, if it is one of those. */
    static BodyFormat of(@Nullable String contentType, List<BodyFormat> supported) {
        Optional<MediaType> sent = parse(contentType);
        if (sent.isPresent() && !isUtf8(sent.get())) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "The body is in " + sent.get().getParameter("charset") + ". Send it in UTF-8.");
        }
        return sent.flatMap(type -> supported.stream()
                        .filter(format -> format.matches(type))
                        .findFirst())
                .orElseThrow(() -> unsupported(contentType, supported));
    }

    /** The form that a file says by its content type, or else by its name. */
    static BodyFormat ofFile(@Nullable String contentType, @Nullable String fileName) {
        List<BodyFormat> files = List.of(JSON, CSV, JSON_LINES, TEXT);
        boolean saysNothing = contentType == null
                || Stream.of("application/octet-stream", "application/gzip", "application/x-gzip", "text/plain")
                        .anyMatch(contentType.toLowerCase(Locale.ROOT)::startsWith);
        if (!saysNothing) {
            return of(contentType, files);
        }
        String name = fileName == null ? "" : fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".jsonl")) {
            return JSON_LINES;
        }
        return files.stream()
                .filter(format -> name.endsWith(format.extension))
                .findFirst()
                .orElseThrow(() -> unsupported(contentType, files));
    }

    private boolean matches(MediaType type) {
        return MediaType.parseMediaType(mediaType).equalsTypeAndSubtype(type);
    }

    private static Optional<MediaType> parse(@Nullable String contentType) {
        try {
            return Optional.ofNullable(contentType).map(MediaType::parseMediaType);
        } catch (InvalidMediaTypeException e) {
            return Optional.empty();
        }
    }

    private static boolean isUtf8(MediaType type) {
        try {
            Charset charset = type.getCharset();
            return charset == null
                    || charset.equals(StandardCharsets.UTF_8)
                    || charset.equals(StandardCharsets.US_ASCII);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static ProblemException unsupported(@Nullable String contentType, List<BodyFormat> supported) {
        List<String> names = supported.stream().map(format -> format.mediaType).toList();
        String what = contentType == null
                ? "The content type is missing"
                : "The content type " + contentType + " is not known here";
        return new ProblemException(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE, what + ". Send one of " + String.join(", ", names) + ".")
                .with("supported", names)
                .header("Accept", String.join(", ", names));
    }
}
