package io.foretide.http.testing;

import io.foretide.problem.ProblemException;
import io.foretide.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Fails for paths that ask for it. */
@TestComponent
@Component
class TrialFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (request.getRequestURI()) {
            case "/filter/problem" -> throw new ProblemException(ProblemType.IN_USE, "It is in use.");
            case "/filter/bug" -> throw new IllegalStateException("a secret of io.foretide");
            default -> chain.doFilter(request, response);
        }
    }
}
