package io.foretide.http;

import io.foretide.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;

/** Refuses query parameters that the endpoint does not have, where it would not look at them itself. */
@Component
final class KnownParameters implements HandlerInterceptor, WebMvcConfigurer {
    private static final String OURS = "io.foretide.";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && handler instanceof HandlerMethod method && isBound(method)) {
            check(query, known(method));
        }
        return true;
    }

    /** Whether all that the method reads of a request are its parameters. */
    private static boolean isBound(HandlerMethod method) {
        return method.getBeanType().getName().startsWith(OURS)
                && Stream.of(method.getMethodParameters())
                        .noneMatch(
                                parameter -> HttpServletRequest.class.isAssignableFrom(parameter.getParameterType()));
    }

    private static List<String> known(HandlerMethod method) {
        return Stream.of(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(MethodParameter::getParameter)
                .map(parameter -> parameter.getName())
                .toList();
    }

    private static void check(String query, List<String> known) {
        String advice = known.isEmpty() ? "is unknown here" : "is unknown; known here: " + String.join(", ", known);
        Findings findings = new Findings();
        UriComponentsBuilder.newInstance().query(query).build().getQueryParams().forEach((name, values) -> {
            if (!known.contains(name)) {
                findings.add(name, advice);
            } else if (values.size() > 1) {
                findings.add(name, "may be given once, and was given " + values.size() + " times");
            }
        });
        findings.throwAs(ProblemType.INVALID_PARAMETER);
    }
}
