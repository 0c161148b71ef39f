package io.foretide.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers failures with problem documents. */
@Component
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final JsonMapper mapper;
    private final ObjectProvider<FailureTranslation> translations;

    Problems(JsonMapper mapper, ObjectProvider<FailureTranslation> translations) {
        this.mapper = mapper;
        this.translations = translations;
    }

    /** Sends the document of a failure, as long as nothing of another answer has been sent. */
    void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) throws IOException {
        ProblemException problem = translate(failure).orElseGet(() -> internalError(report(request, failure)));
        // Half of a failed answer may wait in the buffer, and headers that describe it.
        response.reset();
        byte[] document = document(problem, problem.type().status(), request.getRequestURI());
        response.setStatus(problem.type().status());
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(document.length);
        ProblemDocument.headers(problem).forEach(response::setHeader);
        response.getOutputStream().write(document);
        response.flushBuffer();
    }

    /**
     * What a failure means to a client that is not answered over HTTP. What nobody foresaw is logged.
     *
     * @param work what failed, for the log
     */
    public ProblemException explain(Throwable failure, String work) {
        return translate(failure).orElseGet(() -> {
            String reference = UUID.randomUUID().toString();
            log.error("work failed reference={} work={}", reference, work, failure);
            return internalError(reference);
        });
    }

    private Optional<ProblemException> translate(Throwable failure) {
        return Optional.ofNullable(ProblemTranslator.translate(failure))
                .or(() -> translations
                        .orderedStream()
                        .flatMap(translation -> translation.translate(failure).stream())
                        .findFirst());
    }

    /** Logs what nobody foresaw, and gives the reference under which the log has it. */
    String report(HttpServletRequest request, Throwable failure) {
        String reference = UUID.randomUUID().toString();
        log.error(
                "request failed reference={} method={} path={}",
                reference,
                request.getMethod(),
                request.getRequestURI(),
                failure);
        return reference;
    }

    byte[] document(ProblemException problem, int status, String path) {
        return mapper.writeValueAsBytes(ProblemDocument.of(problem, status, path));
    }

    static ProblemException internalError(String reference) {
        return new ProblemException(
                        ProblemType.INTERNAL_ERROR,
                        "Something failed that should not. Tell the operator this reference: " + reference + ".")
                .with("reference", reference);
    }
}
