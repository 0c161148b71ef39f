package io.foretide.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may use the service.
 *
 * @param mode how callers are told apart; {@code none} lets everybody in who can reach the service
 * @param allowNonLoopback whether other machines may reach a service that lets everybody in
 * @param allowedOrigins the origins, such as {@code https://app.example.com}, whose pages may change something
 */
@ConfigurationProperties("foretide.security")
record SecurityProperties(
        @DefaultValue("none") String mode,
        @DefaultValue("false") boolean allowNonLoopback,
        @DefaultValue List<String> allowedOrigins) {}
