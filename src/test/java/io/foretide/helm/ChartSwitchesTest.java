package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationStyle;

/** What each choice of the operator changes. */
class ChartSwitchesTest {
    private static final Manifests EMBEDDED = Chart.FORETIDE.render(Chart.example("embedded"));
    private static final Manifests POSTGRESQL = Chart.FORETIDE.render(Chart.example("postgresql"));
    private static final Manifests EVERYTHING = Chart.FORETIDE.render(Chart.example("everything"));

    @Test
    void byDefaultThereIsOneReplicaAndAVolumeAndNothingOptional() {
        assertThat(EMBEDDED.objects())
                .extracting(Object::getClass)
                .<Object>map(type -> type)
                .containsExactlyInAnyOrder(
                        ConfigMap.class,
                        Deployment.class,
                        NetworkPolicy.class,
                        PersistentVolumeClaim.class,
                        Service.class,
                        ServiceAccount.class);
    }

    @Test
    void theEmbeddedDatabaseIsNeverOpenTwice() {
        var spec = EMBEDDED.only(Deployment.class).getSpec();

        assertThat(spec.getReplicas()).isEqualTo(1);
        assertThat(spec.getStrategy().getType()).isEqualTo("Recreate");
        assertThat(ChartExamplesTest.container(EMBEDDED).getEnv())
                .contains(new EnvVar("FORETIDE_STORAGE_PATH", "/data", null));
        assertThat(ChartExamplesTest.container(EMBEDDED).getVolumeMounts()).anySatisfy(mount -> {
            assertThat(mount.getName()).isEqualTo("data");
            assertThat(mount.getMountPath()).isEqualTo("/data");
        });
    }

    @Test
    void modelsOutliveTheReleaseUnlessToldOtherwise() {
        var forgetful = Chart.FORETIDE.render(Chart.example("embedded"), Chart.values("persistence: {keep: false}"));

        assertThat(EMBEDDED.only(PersistentVolumeClaim.class).getMetadata().getAnnotations())
                .containsEntry("helm.sh/resource-policy", "keep");
        assertThat(forgetful.only(PersistentVolumeClaim.class).getMetadata().getAnnotations())
                .doesNotContainKey("helm.sh/resource-policy");
    }

    @Test
    void postgresqlNeedsNoVolumeAndIsUpdatedWithoutAGap() {
        var spec = POSTGRESQL.only(Deployment.class).getSpec();

        assertThat(POSTGRESQL.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(spec.getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable()).isEqualTo(new IntOrString(0));
        assertThat(POSTGRESQL.only(PodDisruptionBudget.class).getSpec().getMaxUnavailable())
                .isEqualTo(new IntOrString(1));
    }

    @Test
    void theAutoscalerAloneDecidesHowManyReplicasThereAre() {
        assertThat(POSTGRESQL.only(Deployment.class).getSpec().getReplicas()).isNull();
        assertThat(POSTGRESQL.only(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas())
                .isEqualTo(8);
    }

    @Test
    void replicasWithoutAutoscalerAreCounted() {
        var three = Chart.FORETIDE.render(Chart.values(Chart.POSTGRESQL), Chart.values("replicaCount: 3"));

        assertThat(three.only(Deployment.class).getSpec().getReplicas()).isEqualTo(3);
        assertThat(three.all(HorizontalPodAutoscaler.class)).isEmpty();
    }

    @Test
    void secretsAreMountedUnderTheNameOfTheirProperty() {
        var secret = ChartExamplesTest.volume(
                        ChartExamplesTest.template(POSTGRESQL).getSpec(), "secrets")
                .getProjected()
                .getSources()
                .getFirst()
                .getSecret();

        assertThat(secret.getName()).isEqualTo("foretide-postgresql");
        assertThat(secret.getItems().getFirst().getKey()).isEqualTo("password");
        assertThat(secret.getItems().getFirst().getPath()).isEqualTo("foretide.storage.password");
        assertThat(ChartExamplesTest.container(POSTGRESQL).getEnv().getFirst().getValue())
                .isEqualTo("file:/etc/foretide/config/,configtree:/etc/foretide/secrets/");
    }

    @Test
    void theUrlItselfMayBeASecret() {
        var manifests = Chart.FORETIDE.render(Chart.values(Chart.ALLOWED), Chart.values("""
                replicaCount: 2
                secretProperties:
                  foretide.storage.url: {name: cluster-app, key: jdbc-uri}
                """));

        assertThat(manifests.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(databasePorts(manifests)).containsExactly(new IntOrString(5432));
    }

    @Test
    void aChangeOfTheConfigurationRollsThePods() {
        var changed = Chart.FORETIDE.render(
                Chart.example("embedded"), Chart.values("foretide: {training: {queue-capacity: 3}}"));
        var sameConfiguration = Chart.FORETIDE.render(Chart.example("embedded"), Chart.values("service: {port: 81}"));

        assertThat(checksum(changed)).isNotEqualTo(checksum(EMBEDDED));
        assertThat(checksum(sameConfiguration)).isEqualTo(checksum(EMBEDDED));
    }

    private static String checksum(Manifests manifests) {
        return ChartExamplesTest.template(manifests)
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
    }

    @Test
    void theNetworkIsClosedButForThoseNamed() {
        var policy = EVERYTHING.only(NetworkPolicy.class).getSpec();

        assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(policy.getIngress()).hasSize(2);
        assertThat(namespaces(policy.getIngress().getFirst().getFrom())).containsExactly("ingress-nginx", "shop");
        assertThat(policy.getIngress().getFirst().getFrom().getFirst().getPodSelector())
                .isNotNull();
        assertThat(namespaces(policy.getIngress().getLast().getFrom())).containsExactly("monitoring");
        assertThat(databasePorts(EVERYTHING)).containsExactly(new IntOrString(6432), new IntOrString(5432));
        assertThat(policy.getEgress().getLast().getPorts().getFirst().getPort()).isEqualTo(new IntOrString(4318));
    }

    private static List<String> namespaces(List<NetworkPolicyPeer> peers) {
        return peers.stream()
                .filter(peer -> peer.getNamespaceSelector() != null)
                .map(peer -> peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name"))
                .toList();
    }

    private static List<IntOrString> databasePorts(Manifests manifests) {
        return manifests.only(NetworkPolicy.class).getSpec().getEgress().get(1).getPorts().stream()
                .map(NetworkPolicyPort::getPort)
                .toList();
    }

    @Test
    void theEmbeddedDatabaseNeedsNoNetworkAtAll() {
        assertThat(EMBEDDED.only(NetworkPolicy.class).getSpec().getEgress()).isEmpty();
        assertThat(EMBEDDED.only(NetworkPolicy.class).getSpec().getIngress()).hasSize(1);
    }

    @Test
    void noServiceOfTheApiLeadsToMetrics() {
        assertThat(EVERYTHING
                        .named(Service.class, "demand-forecasting")
                        .getSpec()
                        .getPorts())
                .extracting(ServicePort::getName)
                .containsExactly("http");
    }

    @Test
    void theIngressLetsLargeBodiesAndLongStreamsThrough() {
        var ingress = Chart.FORETIDE.render(Chart.example("ingress")).only(Ingress.class);

        assertThat(ingress.getMetadata().getAnnotations())
                .containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "0")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600")
                .containsEntry("cert-manager.io/cluster-issuer", "internal");
        assertThat(ingress.getSpec().getTls().getFirst().getHosts())
                .containsExactly(ingress.getSpec().getRules().getFirst().getHost());
    }

    @Test
    void theIngressKeepsSilentWebSocketsForLongerThanTheServiceDoes() {
        Class<?> properties = ConfigurationSchema.records().get("foretide.sessions");
        Duration idle = Stream.of(properties.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals("maxConnectionIdle"))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class).value()[0])
                .map(DurationStyle::detectAndParse)
                .findFirst()
                .orElseThrow();

        var annotations = Chart.FORETIDE
                .render(Chart.example("ingress"))
                .only(Ingress.class)
                .getMetadata()
                .getAnnotations();

        for (String direction : List.of("read", "send")) {
            String timeout = annotations.get("nginx.ingress.kubernetes.io/proxy-%s-timeout".formatted(direction));
            assertThat(Duration.ofSeconds(Long.parseLong(timeout))).isGreaterThan(idle);
        }
    }

    @Test
    void theImageIsTheOneThatTheChartKnows() throws IOException {
        String image = Files.readString(Path.of("Dockerfile"));
        String start = Files.readString(Path.of("src/main/docker/start"));
        Long group = ChartExamplesTest.template(EMBEDDED)
                .getSpec()
                .getSecurityContext()
                .getFsGroup();

        assertThat(image).contains("USER " + group + ":" + group).contains("VOLUME /data");
        assertThat(start).contains("\"-Xmx$HEAP_LIMIT\"", "maxphysicalbytes=$MEMORY_LIMIT");
    }

    @Test
    void imagesComeByTagOrDigestFromAnyRegistry() {
        var offline = Chart.FORETIDE.render(Chart.example("offline"));
        JsonNode digest = Yaml.read(Chart.example("offline")).at("/image/digest");

        assertThat(ChartExamplesTest.container(EVERYTHING).getImage()).isEqualTo("foretide:0.1.0");
        assertThat(ChartExamplesTest.container(offline).getImage())
                .isEqualTo("registry.example.org:5000/mirror/foretide@" + digest.asText());
        assertThat(ChartExamplesTest.template(offline)
                        .getSpec()
                        .getImagePullSecrets()
                        .getFirst()
                        .getName())
                .isEqualTo("registry-credentials");
        assertThat(offline.all(ServiceAccount.class)).isEmpty();
        assertThat(ChartExamplesTest.template(offline).getSpec().getServiceAccountName())
                .isEqualTo("default");
    }

    @Test
    void whatOperatorsAddIsThere() {
        var pod = ChartExamplesTest.template(EVERYTHING);

        assertThat(pod.getMetadata().getLabels()).containsEntry("example.org/tier", "backend");
        assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.org/scrape", "false");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("kubernetes.io/arch", "amd64");
        assertThat(pod.getSpec().getTolerations()).hasSize(1);
        assertThat(pod.getSpec().getAffinity().getPodAntiAffinity()).isNotNull();
        assertThat(pod.getSpec().getPriorityClassName()).isEqualTo("business-critical");
        assertThat(pod.getSpec().getInitContainers()).hasSize(1);
        assertThat(pod.getSpec().getContainers()).hasSize(2);
        assertThat(ChartExamplesTest.container(EVERYTHING).getEnv()).contains(new EnvVar("TZ", "Europe/Vienna", null));
        assertThat(ChartExamplesTest.container(EVERYTHING).getEnvFrom()).hasSize(1);
        assertThat(EVERYTHING.only(PrometheusRule.class)).isNotNull();
        assertThat(EVERYTHING.only(ServiceMonitor.class)).isNotNull();
    }

    @Test
    void labelsThatSelectorsNeedCannotBeOverridden() {
        var manifests = Chart.FORETIDE.render(Chart.example("embedded"), Chart.values("""
                commonLabels: {app.kubernetes.io/instance: other}
                podLabels: {app.kubernetes.io/name: other}
                """));

        assertThat(ChartExamplesTest.template(manifests).getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/instance", "demand")
                .containsEntry("app.kubernetes.io/name", "foretide");
    }

    @Test
    void theDashboardIsTheOneOfTheRepository() throws IOException {
        var manifests = Chart.FORETIDE.render(Chart.example("monitoring"));
        Path file = Chart.FORETIDE.folder().resolve("dashboards/foretide.json");

        var dashboard = manifests.named(ConfigMap.class, "demand-foretide-dashboard");

        assertThat(dashboard.getMetadata().getLabels()).containsEntry("grafana_dashboard", "1");
        assertThat(Yaml.read(dashboard.getData().get("foretide.json"))).isEqualTo(Yaml.read(Files.readString(file)));
    }
}
