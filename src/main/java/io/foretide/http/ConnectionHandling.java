package io.foretide.http;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Lets what the web server refuses by itself be heard: it closes connections no sooner than their clients do, or have had time to. And
 * has requests watched over.
 */
@Component
final class ConnectionHandling implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(LingeringProtocol.class.getName());
        factory.addEngineValves(new ClientWatch.Valve());
    }
}
