package io.foretide.problem;

import static io.foretide.problem.ProblemType.BAD_REQUEST;
import static io.foretide.problem.ProblemType.INVALID_PARAMETER;
import static io.foretide.problem.ProblemType.INVALID_REQUEST;
import static io.foretide.problem.ProblemType.MALFORMED_BODY;
import static io.foretide.problem.ProblemType.METHOD_NOT_ALLOWED;
import static io.foretide.problem.ProblemType.NOT_ACCEPTABLE;
import static io.foretide.problem.ProblemType.NOT_FOUND;
import static io.foretide.problem.ProblemType.TIMED_OUT;
import static io.foretide.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import jakarta.servlet.ServletException;
import jakarta.validation.ConstraintViolationException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.HttpMessageNotWritableException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.exc.JacksonIOException;

/** Tells what a failure means to the client; nothing, where it is a mistake of ours. */
final class ProblemTranslator {
    /** Causes can be circular. */
    private static final int DEEPEST_CAUSE = 20;

    private ProblemTranslator() {}

    /** Whether nobody is left to answer; whoever noticed may have wrapped it in anything. */
    static boolean isClientGone(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .anyMatch(cause ->
                        cause instanceof ClientAbortException || cause instanceof AsyncRequestNotUsableException);
    }

    static @Nullable ProblemException translate(Throwable failure) {
        return switch (core(failure)) {
            case ProblemException e -> e;
            case NoResourceFoundException _, NoHandlerFoundException _ -> notFound();
            case HttpRequestMethodNotSupportedException e -> methodNotAllowed(e);
            case HttpMediaTypeException e -> mediaType(e);
            case HttpMessageNotReadableException e -> unreadable(e);
            case HttpMessageNotWritableException e when e.getCause() == null -> unwritable(e);
            case MethodArgumentNotValidException e -> invalid(e.getBindingResult());
            case BindException e -> invalid(e.getBindingResult());
            case ConstraintViolationException e -> invalid(e);
            case HandlerMethodValidationException e -> invalid(e);
            case ServletRequestBindingException e -> new ProblemException(INVALID_PARAMETER, detail(e), e);
            case TypeMismatchException e -> mismatch(e);
            case InvalidParameterException e -> new ProblemException(INVALID_PARAMETER, undecodable(), e);
            case AsyncRequestTimeoutException e -> timedOut(e);
            case BadRequestException e -> new ProblemException(BAD_REQUEST, brokenBody(), e);
            case ErrorResponse e -> byStatus(e.getStatusCode().value(), detail(e));
            case Throwable other -> annotated(other);
        };
    }

    /** What is left when everything that only carries a failure is taken off. */
    private static Throwable core(Throwable failure) {
        Throwable core = failure;
        while (core.getCause() != null && isEnvelope(core)) {
            core = core.getCause();
        }
        return core;
    }

    private static boolean isEnvelope(Throwable failure) {
        return switch (failure) {
            case ServletException _ -> failure.getClass() == ServletException.class;
            case CompletionException _, ExecutionException _, UndeclaredThrowableException _ -> true;
            case UncheckedIOException _, JacksonIOException _ -> true;
            case HttpMessageNotReadableException _ ->
                failure.getCause() instanceof JacksonIOException || failure.getCause() instanceof ProblemException;
            default -> false;
        };
    }

    private static ProblemException notFound() {
        return new ProblemException(
                NOT_FOUND, "There is nothing at this address. The addresses are listed at /swagger-ui.html.");
    }

    private static ProblemException methodNotAllowed(HttpRequestMethodNotSupportedException failure) {
        String[] supported = failure.getSupportedMethods();
        List<String> allowed = supported == null ? List.of() : List.of(supported);
        ProblemException problem = new ProblemException(
                METHOD_NOT_ALLOWED,
                "This address does not know the method " + failure.getMethod() + ". Use one of " + allowed + ".");
        return problem.with("allowed", allowed).header("Allow", String.join(", ", allowed));
    }

    private static @Nullable ProblemException mediaType(HttpMediaTypeException failure) {
        List<String> supported = failure.getSupportedMediaTypes().stream()
                .map(MediaType::toString)
                .toList();
        return switch (failure) {
            case HttpMediaTypeNotAcceptableException _ ->
                new ProblemException(
                                NOT_ACCEPTABLE,
                                "None of the accepted media types can be sent. Accept one of " + supported + ".")
                        .with("supported", supported);
            case HttpMediaTypeNotSupportedException e ->
                new ProblemException(
                                UNSUPPORTED_MEDIA_TYPE,
                                "The content type "
                                        + (e.getContentType() == null
                                                ? "is missing or unreadable"
                                                : e.getContentType() + " is not known here")
                                        + ". Send one of " + supported + ".")
                        .with("supported", supported)
                        .header("Accept", String.join(", ", supported));
            default -> null;
        };
    }

    /** The answer has a form that is accepted, and cannot be written in the charset that comes with it. */
    private static ProblemException unwritable(HttpMessageNotWritableException failure) {
        return new ProblemException(
                NOT_ACCEPTABLE,
                "The answer cannot be written as accepted. Accept application/json, in UTF-8.",
                failure);
    }

    private static ProblemException unreadable(HttpMessageNotReadableException failure) {
        return new ProblemException(
                MALFORMED_BODY, "The body is missing or cannot be read. Send one JSON document.", failure);
    }

    private static ProblemException invalid(BindingResult result) {
        ProblemException problem =
                new ProblemException(INVALID_REQUEST, "The request breaks a rule; errors says where and which.");
        result.getFieldErrors()
                .forEach(error -> problem.at(
                        JsonPointers.child("", JsonPointers.wireName(error.getField())),
                        String.valueOf(error.getDefaultMessage())));
        return problem;
    }

    private static ProblemException invalid(ConstraintViolationException failure) {
        ProblemException problem =
                new ProblemException(INVALID_REQUEST, "The request breaks a rule; errors says where and which.");
        failure.getConstraintViolations()
                .forEach(violation -> problem.at(JsonPointers.of(violation.getPropertyPath()), violation.getMessage()));
        return problem;
    }

    private static ProblemException invalid(HandlerMethodValidationException failure) {
        ProblemException problem =
                new ProblemException(INVALID_PARAMETER, "A parameter breaks a rule; errors says which.");
        failure.getParameterValidationResults()
                .forEach(result -> result.getResolvableErrors()
                        .forEach(error -> problem.at(
                                JsonPointers.wireName(String.valueOf(
                                        result.getMethodParameter().getParameterName())),
                                String.valueOf(error.getDefaultMessage()))));
        return problem;
    }

    private static ProblemException mismatch(TypeMismatchException failure) {
        String name = failure instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(failure.getPropertyName());
        String expected = failure.getRequiredType() == null
                ? "something else"
                : JsonPointers.wireName(failure.getRequiredType().getSimpleName())
                        .replace('_', ' ');
        String reason = "must be " + expected + ", was '" + failure.getValue() + "'";
        return new ProblemException(INVALID_PARAMETER, "Parameter " + name + " " + reason + ".", failure)
                .with("parameter", name)
                .at(name, reason);
    }

    private static ProblemException timedOut(AsyncRequestTimeoutException failure) {
        return new ProblemException(TIMED_OUT, "The answer was not ready in time. Try again later.", failure)
                .retryAfter(Duration.ofSeconds(5));
    }

    private static String brokenBody() {
        return "The body breaks off, or is not framed as HTTP asks for. Send it with a right Content-Length or in valid chunks.";
    }

    private static String undecodable() {
        return "The query string cannot be decoded. Percent-encode it as UTF-8, and send fewer parameters.";
    }

    private static String detail(ErrorResponse failure) {
        return String.valueOf(failure.getBody().getDetail());
    }

    private static @Nullable ProblemException annotated(Throwable failure) {
        ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(failure.getClass(), ResponseStatus.class);
        return status == null
                ? null
                : byStatus(status.code().value(), status.code().getReasonPhrase());
    }

    /** What can be said where only a status is known. */
    static RuntimeException ofStatus(int status) {
        if (status == 404) {
            return notFound();
        }
        return status < 500
                ? new ProblemException(ProblemType.ofStatus(status), "The service refused the request.")
                : new IllegalStateException("answered with " + status + " and nothing else");
    }

    private static @Nullable ProblemException byStatus(int status, String detail) {
        return status >= 500 ? null : new ProblemException(ProblemType.ofStatus(status), detail);
    }
}
