package io.foretide.problem;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Makes the web server report its own errors as problem documents. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE) // after the customizer that adds a report in HTML
final class ProblemReporting implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    private final Problems problems;

    ProblemReporting(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass(""); // else the host adds a report of its own when it starts
            ProblemReportValve.install(host.getPipeline(), problems);
        });
    }
}
