package io.foretide.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Refuses to start a service that would be open to more callers than its operator said. */
@Component
final class StartGuard {
    StartGuard(
            SecurityProperties security,
            ObjectProvider<ServerProperties> server,
            ObjectProvider<ManagementServerProperties> management) {
        requireKnownMode(security.mode());
        if (security.allowNonLoopback()) {
            return;
        }
        server.ifAvailable(properties -> requireLoopback("server.address", properties.getAddress()));
        management.ifAvailable(properties -> {
            if (properties.getPort() != null && properties.getPort() >= 0) { // else it shares the server's address
                requireLoopback("management.server.address", properties.getAddress());
            }
        });
    }

    private static void requireKnownMode(String mode) {
        if (!mode.equals("none")) {
            throw new UnsafeStartException(
                    "foretide.security.mode is \"" + mode + "\", and only \"none\" is known.",
                    "Set foretide.security.mode to none, or leave it out.");
        }
    }

    private static void requireLoopback(String property, @Nullable InetAddress address) {
        if (address == null || !address.isLoopbackAddress()) {
            throw new UnsafeStartException(
                    property + " is "
                            + (address == null ? "not set, which means every address" : address.getHostAddress())
                            + ", where other machines reach the service, and nobody is asked who they are.",
                    "Set " + property
                            + " to 127.0.0.1, or set foretide.security.allow-non-loopback to true if the network keeps strangers out.");
        }
    }
}
