package io.foretide.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.foretide.http.testing.TrialApplication;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class StartGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"oauth2", "NONE", ""})
    void startsInNoOtherModeThanNone(String mode, CapturedOutput output) {
        assertThatThrownBy(() -> start("--foretide.security.mode=" + mode))
                .hasRootCauseInstanceOf(UnsafeStartException.class);

        assertThat(output)
                .contains("foretide.security.mode is \"" + mode + "\", and only \"none\" is known.")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--server.address=0.0.0.0", "--server.address=", "--server.address=192.0.2.1"})
    void listensToOtherMachinesOnlyWhenThatIsSaid(String argument, CapturedOutput output) {
        assertThatThrownBy(() -> start(argument)).hasRootCauseInstanceOf(UnsafeStartException.class);

        assertThat(output)
                .contains("server.address is ", "set foretide.security.allow-non-loopback to true")
                .doesNotContain("\tat ");
    }

    @Test
    void guardsThePortOfTheActuatorAsWell(CapturedOutput output) {
        assertThatThrownBy(() -> start("--management.server.port=0"))
                .hasRootCauseInstanceOf(UnsafeStartException.class);

        assertThat(output).contains("management.server.address is not set");
    }

    @Test
    void startsWhereEveryAddressWasAskedFor() {
        try (ConfigurableApplicationContext context =
                start("--server.address=0.0.0.0", "--foretide.security.allow-non-loopback=true")) {
            assertThat(context.isRunning()).isTrue();
        }
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--server.port=0";
        all[arguments.length + 1] = "--management.endpoint.health.validate-group-membership=false"; // no database
        return new SpringApplicationBuilder(TrialApplication.class).run(all);
    }
}
