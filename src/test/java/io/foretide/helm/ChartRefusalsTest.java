package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that cannot work are refused before anything reaches the cluster, and the message says what to do. */
class ChartRefusalsTest {
    static Stream<Arguments> misspelt() {
        return Stream.of(
                Arguments.of("replicas: 2", "replicas"),
                Arguments.of("image: {tagg: x}", "tagg"),
                Arguments.of("foretide: {trainig: {workers: 2}}", "trainig"),
                Arguments.of("foretide: {training: {worker: 2}}", "worker"),
                Arguments.of("foretide: {training: {queueCapacity: 2}}", "queueCapacity"),
                Arguments.of("memory: {haep: 512}", "haep"),
                Arguments.of("networkPolicy: {api: {namespace: [shop]}}", "namespace"),
                Arguments.of("ingress: {host: [a.example.org]}", "host"),
                Arguments.of("ingress: {tls: [{secret: x}]}", "secret"),
                Arguments.of("probes: {readiness: {period: 1}}", "period"),
                Arguments.of("secretProperties: {foretide.storage.password: {secret: a, key: b}}", "secret"),
                Arguments.of(
                        "secretProperties: {foretide.storage.pasword: {name: a, key: b}}", "foretide.storage.pasword"),
                Arguments.of("prometheusRule: {errorRate: 0.1}", "errorRate"));
    }

    @ParameterizedTest
    @MethodSource("misspelt")
    void aMisspeltKeyIsNamed(String values, String key) {
        assertThatThrownBy(() -> Chart.FORETIDE.render(Chart.values(Chart.ALLOWED), Chart.values(values)))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining("'" + key + "'");
    }

    static Stream<Arguments> wrongTypes() {
        return Stream.of(
                Arguments.of("replicaCount: two", "replicaCount"),
                Arguments.of("replicaCount: -1", "replicaCount"),
                Arguments.of("memory: {heap: 2Gi}", "heap"),
                Arguments.of("memory: {heap: 16}", "heap"),
                Arguments.of("cpu: {limit: 2}", "limit"),
                Arguments.of("persistence: {size: 10GB}", "size"),
                Arguments.of("service: {port: 70000}", "port"),
                Arguments.of("service: {type: External}", "type"),
                Arguments.of("podLabels: {generation: 2}", "generation"),
                Arguments.of("foretide: {training: {workers: many}}", "workers"),
                Arguments.of("foretide: {training: {workers: 0}}", "workers"),
                Arguments.of("foretide: {training: {workers: 65}}", "workers"),
                Arguments.of("foretide: {training: {timeout: soon}}", "timeout"),
                Arguments.of("foretide: {storage: {max-blob-size: 1 GB}}", "max-blob-size"),
                Arguments.of("foretide: {security: {allow-non-loopback: \"yes\"}}", "allow-non-loopback"),
                Arguments.of("image: {digest: latest}", "digest"),
                Arguments.of("prometheusRule: {predictionSeconds: 10}", "predictionSeconds"),
                Arguments.of("rollingUpdate: {maxSurge: half}", "maxSurge"));
    }

    @ParameterizedTest
    @MethodSource("wrongTypes")
    void aValueOfTheWrongKindIsNamed(String values, String key) {
        assertThatThrownBy(() -> Chart.FORETIDE.render(Chart.values(Chart.ALLOWED), Chart.values(values)))
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(key);
    }

    static Stream<Arguments> contradictions() {
        String postgresql = Chart.POSTGRESQL;
        return Stream.of(
                Arguments.of("", "{}", "foretide.security.allow-non-loopback is false"),
                Arguments.of(Chart.ALLOWED, "replicaCount: 2", "replicaCount is 2, but one process at a time"),
                Arguments.of(Chart.ALLOWED, "autoscaling: {enabled: true}", "autoscaling.enabled is true, but one"),
                Arguments.of(postgresql, "secretProperties: null", "secretProperties"),
                Arguments.of(
                        Chart.ALLOWED,
                        "foretide: {storage: {url: 'jdbc:postgresql://db.example.org/foretide'}}",
                        "names a PostgreSQL, but no secret its password"),
                Arguments.of(
                        Chart.ALLOWED,
                        "foretide: {storage: {url: 'jdbc:postgresql://db.example.org/foretide?user=a&password=b'}}",
                        "holds a password, and values are no secret"),
                Arguments.of(
                        postgresql,
                        "foretide: {storage: {password: b}}",
                        "foretide.storage.password stands in the values"),
                Arguments.of(
                        Chart.ALLOWED,
                        "foretide: {storage: {url: 'jdbc:h2:mem:x'}}",
                        "knows jdbc:postgresql://… alone"),
                Arguments.of(
                        Chart.ALLOWED, "application: {server: {port: 9000}}", "application.server.port is set, but"),
                Arguments.of(
                        Chart.ALLOWED,
                        "application: {management: {server: {port: 9000}}}",
                        "application.management.server.port is set, but"),
                Arguments.of(
                        Chart.ALLOWED,
                        "application: {foretide: {training: {}}}",
                        "application.foretide is out of place"),
                Arguments.of(
                        Chart.ALLOWED,
                        "extraEnv: [{name: FORETIDE_STORAGE_URL, value: x}]",
                        "extraEnv sets FORETIDE_STORAGE_URL"),
                Arguments.of(Chart.ALLOWED, "extraEnv: [{name: HEAP_LIMIT, value: 9g}]", "extraEnv sets HEAP_LIMIT"),
                Arguments.of(Chart.ALLOWED, "service: {type: LoadBalancer}", "service.type is LoadBalancer, but"),
                Arguments.of(postgresql, "rollingUpdate: {maxSurge: 0%}", "no update could ever begin"),
                Arguments.of(Chart.ALLOWED, "ingress: {enabled: true}", "ingress.hosts is empty"),
                Arguments.of(
                        Chart.ALLOWED,
                        "ingress: {enabled: true, hosts: [a.example.org]}",
                        "keeps the ingress controller out"),
                Arguments.of(Chart.ALLOWED, "serviceMonitor: {enabled: true}", "keeps Prometheus out"),
                Arguments.of(
                        postgresql,
                        "autoscaling: {enabled: true, minReplicas: 9}",
                        "autoscaling.minReplicas 9 is more than autoscaling.maxReplicas 6"),
                Arguments.of(Chart.ALLOWED, "fullnameOverride: a.b", "\"a.b\" is none that a Service may have"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void valuesThatContradictEachOtherAreExplained(String values, String more, String message) {
        assertThatThrownBy(() -> Chart.FORETIDE.render(Chart.values(values), Chart.values(more)))
                .hasMessageContaining(message);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var values = Chart.values("""
                replicaCount: 3
                ingress: {enabled: true}
                """);

        assertThatThrownBy(() -> Chart.FORETIDE.render(values))
                .hasMessageContaining("allow-non-loopback")
                .hasMessageContaining("replicaCount is 3")
                .hasMessageContaining("ingress.hosts");
    }
}
