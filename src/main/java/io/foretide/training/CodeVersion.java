package io.foretide.training;

import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The release that this process runs. */
@Component
final class CodeVersion {
    private final String value;

    CodeVersion(ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        this.value = properties == null ? "unknown" : Objects.requireNonNullElse(properties.getVersion(), "unknown");
    }

    String value() {
        return value;
    }
}
