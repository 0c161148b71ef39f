package io.foretide;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {
    @Test
    void modulesDependOnlyOnWhatTheyDeclare() {
        ApplicationModules.of(ForetideApplication.class).verify();
    }
}
