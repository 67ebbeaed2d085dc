package dev.sealpost.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** What holds of all that the chart renders, whatever the values. */
final class Promises {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "Job", "Pod");

    private final List<JsonNode> manifests;

    Promises(List<JsonNode> manifests) {
        this.manifests = manifests;
    }

    void hold() {
        namesAreUnique();
        of("Deployment", "StatefulSet").forEach(this::selectsItsOwnPods);
        of("Service").forEach(this::leadsToPorts);
        of("PodDisruptionBudget", "NetworkPolicy").forEach(this::selectsSome);
        of("HorizontalPodAutoscaler", "ScaledObject").forEach(this::scalesSomething);
        manifests.stream().filter(Promises::isWorkload).forEach(workload -> {
            JsonNode pod = pod(workload);
            isRestricted(pod);
            mountsWhatItHas(pod);
            filesOfSecretsAreMounted(pod);
            if (workload.path("kind").asText().matches("Deployment|StatefulSet")) {
                isProbedOnManagement(pod);
            }
        });
    }

    static boolean isWorkload(JsonNode manifest) {
        return WORKLOADS.contains(manifest.path("kind").asText());
    }

    /** The specification of the pods of a workload. */
    static JsonNode pod(JsonNode workload) {
        return workload.path("kind").asText().equals("Pod")
                ? workload.path("spec")
                : workload.path("spec").path("template").path("spec");
    }

    static JsonNode container(JsonNode pod) {
        assertThat(pod.path("containers")).hasSize(1);
        return pod.path("containers").path(0);
    }

    Stream<JsonNode> of(String... kinds) {
        return manifests.stream()
                .filter(manifest -> Set.of(kinds).contains(manifest.path("kind").asText()));
    }

    private void namesAreUnique() {
        Set<String> seen = new HashSet<>();
        for (JsonNode manifest : manifests) {
            String name = manifest.path("metadata").path("name").asText();
            assertThat(name).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
            assertThat(seen.add(manifest.path("kind") + name)).as(name).isTrue();
        }
    }

    private void selectsItsOwnPods(JsonNode workload) {
        JsonNode selector = workload.at("/spec/selector/matchLabels");
        assertThat(selector.size()).isEqualTo(3);
        assertThat(podsOf(selector)).hasSize(1);
        assertThat(matches(selector, workload.at("/spec/template/metadata/labels")))
                .isTrue();
    }

    private void leadsToPorts(JsonNode service) {
        List<JsonNode> pods = podsOf(service.at("/spec/selector"));
        assertThat(pods).isNotEmpty();
        for (JsonNode port : service.at("/spec/ports")) {
            assertThat(pods)
                    .allSatisfy(pod -> assertThat(container(pod).findValuesAsText("name"))
                            .contains(port.path("targetPort").asText()));
        }
    }

    private void selectsSome(JsonNode policy) {
        JsonNode spec = policy.path("spec");
        JsonNode selector = spec.has("podSelector") ? spec.path("podSelector") : spec.path("selector");
        assertThat(podsOf(selector.path("matchLabels"))).isNotEmpty();
    }

    private void scalesSomething(JsonNode scaler) {
        JsonNode target = scaler.at("/spec/scaleTargetRef");
        JsonNode scaled = of(target.path("kind").asText())
                .filter(workload -> workload.at("/metadata/name").equals(target.path("name")))
                .findFirst()
                .orElseThrow();
        assertThat(scaled.path("spec").has("replicas"))
                .as("replicas beside a scaler")
                .isFalse();
    }

    private List<JsonNode> podsOf(JsonNode selector) {
        return of("Deployment", "StatefulSet")
                .filter(workload -> matches(selector, workload.at("/spec/template/metadata/labels")))
                .map(Promises::pod)
                .toList();
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    /** The Pod Security Standard "restricted", and a root file system that nobody writes to. */
    private static void isRestricted(JsonNode pod) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        // Where it is not said, the platform chooses, and the image says no root.
        assertThat(pod.at("/securityContext/runAsUser").asInt(1)).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(pod.has("initContainers")).isFalse();
        JsonNode container = container(pod);
        JsonNode security = container.path("securityContext");
        assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
        assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    }

    private static void mountsWhatItHas(JsonNode pod) {
        Set<String> volumes = new HashSet<>();
        pod.path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
        // Of a StatefulSet the volume of its claim.
        volumes.add("data");
        Set<String> mounted = new HashSet<>();
        for (JsonNode mount : container(pod).path("volumeMounts")) {
            assertThat(volumes).contains(mount.path("name").asText());
            assertThat(mounted.add(mount.path("mountPath").asText())).isTrue();
        }
        assertThat(mounted).contains("/tmp");
    }

    /** A variable that names a file below /etc/sealpost has a mount from a secret there. */
    private static void filesOfSecretsAreMounted(JsonNode pod) {
        Map<String, String> environment = environment(pod);
        List<String> mounts = new ArrayList<>();
        container(pod)
                .path("volumeMounts")
                .forEach(mount -> mounts.add(mount.path("mountPath").asText()));
        environment.values().stream()
                .filter(value -> value.startsWith("/etc/sealpost/"))
                .forEach(file -> assertThat(mounts).as(file).anyMatch(mount -> file.startsWith(mount + "/")));
        pod.path("volumes")
                .findValues("secretName")
                .forEach(name -> assertThat(name.asText()).isNotEmpty());
        for (JsonNode variable : container(pod).path("env")) {
            if (variable.has("valueFrom")) {
                assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isNotEmpty();
                assertThat(variable.at("/valueFrom/secretKeyRef/key").asText()).isNotEmpty();
            }
        }
    }

    /** The variables of a pod's container; those out of secrets have an empty value. */
    static Map<String, String> environment(JsonNode pod) {
        Map<String, String> environment = new java.util.TreeMap<>();
        for (JsonNode variable : container(pod).path("env")) {
            assertThat(environment.put(
                            variable.path("name").asText(),
                            variable.path("value").asText()))
                    .as("%s twice", variable)
                    .isNull();
        }
        return environment;
    }

    private static void isProbedOnManagement(JsonNode pod) {
        JsonNode container = container(pod);
        Map<String, String> environment = environment(pod);
        Map<String, Integer> ports = new java.util.HashMap<>();
        container
                .path("ports")
                .forEach(port -> ports.put(
                        port.path("name").asText(), port.path("containerPort").asInt()));
        assertThat(environment)
                .containsEntry("QUARKUS_MANAGEMENT_HOST", "0.0.0.0")
                .containsEntry("QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.get("management")))
                .containsEntry("QUARKUS_HTTP_PORT", String.valueOf(ports.get("http")));
        Map.of(
                        "startupProbe",
                        "/q/health/started",
                        "livenessProbe",
                        "/q/health/live",
                        "readinessProbe",
                        "/q/health/ready")
                .forEach((probe, path) -> {
                    assertThat(container.path(probe).at("/httpGet/port").asText())
                            .isEqualTo("management");
                    assertThat(container.path(probe).at("/httpGet/path").asText())
                            .isEqualTo(path);
                });
        int drain = container.at("/lifecycle/preStop/sleep/seconds").asInt(-1);
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(drain + 10);
    }
}
