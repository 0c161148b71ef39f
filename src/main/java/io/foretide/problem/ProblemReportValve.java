package io.foretide.problem;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Pipeline;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what the web server itself refuses, such as requests that are no valid HTTP. */
final class ProblemReportValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);

    /** Long enough for another process, or the next one here, to be found ready. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** What Tomcat answers to {@code OPTIONS *}. */
    private static final String METHODS = "GET, HEAD, POST, PUT, DELETE, OPTIONS";

    private final Problems problems;

    ProblemReportValve(Problems problems) {
        this.problems = problems;
    }

    /** Takes the place of every other report of errors. */
    static void install(Pipeline pipeline, Problems problems) {
        for (Valve valve : pipeline.getValves()) {
            if (valve instanceof ErrorReportValve) {
                pipeline.removeValve(valve);
            }
        }
        pipeline.addValve(new ProblemReportValve(problems));
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AtomicBoolean reachable = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, reachable);
        if (!reachable.get()) {
            return;
        }
        try {
            ProblemException known = failure == null ? null : ProblemTranslator.translate(failure);
            ProblemException problem =
                    known != null && known.type().status() == status ? known : problem(request, status);
            // What the client chose wrongly is no failure of the server, although HTTP lets one say so.
            response.setStatus(status < 500 ? status : problem.type().status());
            write(request, response, problem);
        } catch (IOException e) {
            log.debug("client gone", e);
        }
    }

    private ProblemException problem(Request request, int status) {
        return switch (status) {
            case 400 -> of(status, "The request is not valid HTTP. Percent-encode the address, and check its headers.");
            case 404 -> of(status, "There is nothing at this address.");
            case 405 -> of(status, "The method " + request.getMethod() + " is not allowed here.");
            case 408 ->
                of(status, "No byte of the body came for too long. Send it without pauses, or in smaller requests.");
            case 413 -> of(status, "The body is larger than the server takes. Send less in one request.");
            case 414 -> of(status, "The address is longer than the server takes. Shorten the query string.");
            case 431 -> of(status, "The headers are larger than the server takes. Send fewer or shorter ones.");
            case 501 ->
                request.getMethod().equals("CONNECT")
                        ? noProxy()
                        : of(
                                status,
                                "The server does not know this transfer encoding. Send the body with a Content-Length, or chunked.");
            case 503 ->
                of(status, "The service is starting or stopping. Try again in a moment.")
                        .retryAfter(RETRY_AFTER);
            case 505 -> of(status, "The server does not speak this version of HTTP. Use HTTP/1.1.");
            default -> status < 500 ? of(status, "The server refused the request.") : unexpected(request);
        };
    }

    private static ProblemException of(int status, String detail) {
        return new ProblemException(ProblemType.ofStatus(status), detail);
    }

    private static ProblemException noProxy() {
        return new ProblemException(ProblemType.METHOD_NOT_ALLOWED, "The server is no proxy: it does not know CONNECT.")
                .header("Allow", METHODS);
    }

    /** The container has logged the exception: this adds the reference alone. */
    private ProblemException unexpected(Request request) {
        String reference = UUID.randomUUID().toString();
        log.error("request failed outside of filters reference={} path={}", reference, request.getRequestURI());
        return Problems.internalError(reference);
    }

    private void write(Request request, Response response, ProblemException problem) throws IOException {
        byte[] document = problems.document(problem, response.getStatus(), request.getRequestURI());
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setContentLength(document.length);
        ProblemDocument.headers(problem).forEach(response::setHeader);
        response.getOutputStream().write(document);
        response.finishResponse();
    }
}
