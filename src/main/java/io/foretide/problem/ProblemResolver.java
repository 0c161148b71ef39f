package io.foretide.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers what a controller throws.
 *
 * <p>It writes by itself instead of returning a body: no {@code Accept} header can then stand in the way.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ProblemResolver implements HandlerExceptionResolver, WebMvcConfigurer {
    private final Problems problems;

    ProblemResolver(Problems problems) {
        this.problems = problems;
    }

    /** Others would take an answer that failed half-way for a whole one. */
    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.clear();
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (response.isCommitted() || ProblemTranslator.isClientGone(failure)) {
            return null; // the filter around it breaks the answer off
        }
        try {
            problems.answer(request, response, failure);
        } catch (IOException e) {
            return null;
        }
        return new ModelAndView();
    }
}
