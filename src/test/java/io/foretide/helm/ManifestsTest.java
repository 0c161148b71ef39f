package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import org.junit.jupiter.api.Test;

/** The strictness that the other tests of the chart rely on. */
class ManifestsTest {
    private static final String MONITOR = """
            apiVersion: monitoring.coreos.com/v1
            kind: ServiceMonitor
            metadata:
              name: demand
            spec:
              selector: {}
              endpoints:
                - port: management
                  interval: 30s
            """;

    @Test
    void readsWhatIsRight() {
        var monitor = Manifests.parse(MONITOR).only(ServiceMonitor.class);

        assertThat(monitor.getSpec().getEndpoints().getFirst().getPort()).isEqualTo("management");
    }

    @Test
    void refusesAMisspeltFieldDeepInside() {
        assertThatThrownBy(() -> Manifests.parse(MONITOR.replace("interval", "intervall")))
                .hasMessageContaining("intervall");
    }

    @Test
    void refusesANumberWhereATextBelongs() {
        assertThatThrownBy(() -> Manifests.parse(MONITOR.replace("management", "8081")))
                .hasMessageContaining("port");
    }

    @Test
    void refusesATextWhereANumberBelongs() {
        assertThatThrownBy(() -> Manifests.parse("""
                        apiVersion: v1
                        kind: Service
                        spec: {ports: [{port: "80"}]}
                        """)).hasMessageContaining("port");
    }

    @Test
    void refusesAFieldThatStandsTwice() {
        assertThatThrownBy(() -> Manifests.parse(MONITOR + "kind: ServiceMonitor\n"))
                .hasMessageContaining("Duplicate");
    }

    @Test
    void refusesAnUnknownKind() {
        assertThatThrownBy(() -> Manifests.parse(MONITOR.replace("ServiceMonitor", "PodMonitor")))
                .hasMessageContaining("PodMonitor");
    }
}
