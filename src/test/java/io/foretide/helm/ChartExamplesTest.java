package io.foretide.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each values file that users are shown: everything that is rendered fits together. */
class ChartExamplesTest {
    private static final Chart CHART = Chart.FORETIDE.withTestsShown();

    static List<Path> examples() {
        return Chart.examples();
    }

    @Test
    void sixKindsOfInstallationAreShown() {
        assertThat(Chart.examples()).hasSizeGreaterThanOrEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void lintFindsNothing(Path values) throws IOException {
        LintResult result = Chart.FORETIDE.lint(values);

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages())
                .allSatisfy(message -> assertThat(message)
                        .containsAnyOf("icon is recommended", "1 chart(s) linted, 0 chart(s) failed"));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everythingCarriesItsReleaseAndNamespace(Path values) {
        for (HasMetadata object : CHART.render(values).objects()) {
            var metadata = object.getMetadata();

            assertThat(metadata.getNamespace()).isEqualTo(Chart.NAMESPACE);
            assertThat(metadata.getLabels())
                    .containsEntry("app.kubernetes.io/instance", "demand")
                    .containsKeys(
                            "app.kubernetes.io/name",
                            "app.kubernetes.io/version",
                            "app.kubernetes.io/managed-by",
                            "helm.sh/chart");
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void selectorsFindThePodsAndNothingElse(Path values) {
        Manifests manifests = CHART.render(values);
        var deployment = manifests.only(Deployment.class);
        Map<String, String> pod = template(manifests).getMetadata().getLabels();
        Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();

        assertThat(pod).containsAllEntriesOf(selector);
        assertThat(manifests.all(Service.class))
                .allSatisfy(
                        service -> assertThat(service.getSpec().getSelector()).isEqualTo(selector));
        assertThat(manifests.all(PodDisruptionBudget.class))
                .allSatisfy(budget -> assertThat(budget.getSpec().getSelector().getMatchLabels())
                        .isEqualTo(selector));
        assertThat(manifests.all(NetworkPolicy.class))
                .allSatisfy(
                        policy -> assertThat(policy.getSpec().getPodSelector().getMatchLabels())
                                .isEqualTo(selector));
        assertThat(template(manifests).getSpec().getTopologySpreadConstraints())
                .extracting(TopologySpreadConstraint::getLabelSelector)
                .allSatisfy(spread -> assertThat(spread.getMatchLabels()).isEqualTo(selector));
        assertThat(manifests
                        .only(Pod.class)
                        .getMetadata()
                        .getLabels()
                        .entrySet()
                        .containsAll(selector.entrySet()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void portsLeadToTheContainer(Path values) {
        Manifests manifests = CHART.render(values);
        Set<String> ports = container(manifests).getPorts().stream()
                .map(ContainerPort::getName)
                .collect(Collectors.toSet());

        assertThat(ports).containsExactlyInAnyOrder("http", "management");
        assertThat(manifests.all(Service.class).stream()
                        .flatMap(service -> service.getSpec().getPorts().stream())
                        .map(ServicePort::getTargetPort)
                        .map(IntOrString::getStrVal))
                .isSubsetOf(ports);
        assertThat(probes(container(manifests)).map(HTTPGetAction::getPort).map(IntOrString::getStrVal))
                .hasSize(3)
                .isSubsetOf(ports);
        assertThat(manifests.all(NetworkPolicy.class).stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(NetworkPolicyPort::getPort)
                        .map(IntOrString::getStrVal))
                .isSubsetOf(ports);
    }

    static Stream<HTTPGetAction> probes(Container container) {
        return Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                .map(probe -> probe.getHttpGet());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void whatRefersToAnotherObjectFindsIt(Path values) {
        Manifests manifests = CHART.render(values);
        String deployment = manifests.only(Deployment.class).getMetadata().getName();

        assertThat(manifests.all(HorizontalPodAutoscaler.class)).allSatisfy(scaler -> {
            assertThat(scaler.getSpec().getScaleTargetRef().getKind()).isEqualTo("Deployment");
            assertThat(scaler.getSpec().getScaleTargetRef().getName()).isEqualTo(deployment);
        });
        assertThat(manifests.all(Ingress.class).stream()
                        .flatMap(ingress -> ingress.getSpec().getRules().stream())
                        .flatMap(rule -> rule.getHttp().getPaths().stream())
                        .map(path -> path.getBackend().getService()))
                .allSatisfy(backend -> assertThat(manifests
                                .named(Service.class, backend.getName())
                                .getSpec()
                                .getPorts())
                        .extracting(ServicePort::getName)
                        .contains(backend.getPort().getName()));
        assertThat(manifests.all(ServiceMonitor.class)).allSatisfy(monitor -> {
            Service scraped = manifests.all(Service.class).stream()
                    .filter(service -> service.getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(monitor.getSpec()
                                    .getSelector()
                                    .getMatchLabels()
                                    .entrySet()))
                    .collect(Collectors.collectingAndThen(Collectors.toList(), List::getFirst));
            assertThat(scraped.getSpec().getPorts())
                    .extracting(ServicePort::getName)
                    .contains(monitor.getSpec().getEndpoints().getFirst().getPort());
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyMountHasItsVolumeAndEveryVolumeItsSource(Path values) {
        Manifests manifests = CHART.render(values);
        PodSpec pod = template(manifests).getSpec();

        assertThat(pod.getVolumes())
                .extracting(Volume::getName)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(container(manifests).getVolumeMounts().stream()
                        .map(mount -> mount.getName())
                        .toList());
        Volume config = volume(pod, "config");
        assertThat(manifests
                        .named(ConfigMap.class, config.getConfigMap().getName())
                        .getData())
                .containsKey("application.yaml");
        assertThat(pod.getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .allSatisfy(volume -> {
                    String claim = volume.getPersistentVolumeClaim().getClaimName();
                    boolean brought = Yaml.read(values)
                            .at("/persistence/existingClaim")
                            .asText()
                            .equals(claim);
                    if (!brought) {
                        manifests.named(PersistentVolumeClaim.class, claim);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void podsMeetTheRestrictedStandardAndHoldNoToken(Path values) {
        Manifests manifests = CHART.render(values);
        List<PodSpec> pods = Stream.concat(
                        Stream.of(template(manifests).getSpec()),
                        manifests.all(Pod.class).stream().map(Pod::getSpec))
                .toList();

        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            var security = pod.getContainers().getFirst().getSecurityContext();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
        });
        assertThat(manifests.all(ServiceAccount.class))
                .allSatisfy(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theMemoryLimitIsHeapAndArraysAndRest(Path values) {
        Manifests manifests = CHART.render(values);
        var merged = Yaml.overlay(Yaml.read(Chart.FORETIDE.folder().resolve("values.yaml")), Yaml.read(values));
        var memory = merged.get("memory");
        int sum = memory.get("heap").asInt()
                + memory.get("native").asInt()
                + memory.get("rest").asInt();

        var resources = container(manifests).getResources();

        assertThat(resources.getLimits()).containsEntry("memory", new Quantity(sum + "Mi"));
        assertThat(resources.getRequests()).containsEntry("memory", new Quantity(sum + "Mi"));
        assertThat(container(manifests).getEnv())
                .contains(
                        new EnvVar("HEAP_LIMIT", memory.get("heap").asInt() + "m", null),
                        new EnvVar("MEMORY_LIMIT", sum * 9 / 10 + "m", null));
    }

    static PodTemplateSpec template(Manifests manifests) {
        return manifests.only(Deployment.class).getSpec().getTemplate();
    }

    static Container container(Manifests manifests) {
        return template(manifests).getSpec().getContainers().getFirst();
    }

    static Volume volume(PodSpec pod, String name) {
        return pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
