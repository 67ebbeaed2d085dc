package dev.sealpost.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sealpost.chart.Platforms.Platform;
import dev.sealpost.chart.ValueSets.Switch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Helm chart, without a cluster: lint, manifests under many values, and values that are refused. */
class ChartTest {
    private static final Map<String, String> BASES = new HashMap<>();

    static List<Switch> switches() {
        return ValueSets.switches();
    }

    @Test
    void theLinterHasNothingToSay() {
        assertThat(Chart.lint().isFailed())
                .as(String.join("\n", Chart.lint().getMessages()))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("switches")
    void aValueChangesTheManifestsAndBreaksNoPromise(Switch set) {
        String base = BASES.computeIfAbsent(set.base(), Chart::text);
        String values = set.values().startsWith("{")
                ? set.values().substring(1, set.values().length() - 1).replace("}, ", "}\n")
                : set.values();
        String rendered = Chart.text(set.base() + values);
        assertThat(base).doesNotContain(set.brings());
        assertThat(rendered).contains(set.brings());
        new Promises(Chart.render(set.base() + values)).hold();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ValueSets.DISTRIBUTED, ValueSets.EVERYTHING})
    void thePromisesHold(String values) {
        new Promises(Chart.render(values)).hold();
    }

    static List<Platform> platforms() {
        return Platforms.all();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void eachPlatformGetsWhatItWants(Platform platform) {
        assertThat(Chart.text(platform.values()))
                .contains(platform.brings())
                .satisfies(text ->
                        platform.lacks().forEach(lacking -> assertThat(text).doesNotContain(lacking)));
        new Promises(Chart.render(platform.values())).hold();
    }

    @Test
    void standaloneIsOnePodWithAVolumeAndNothingElse() {
        Promises rendered = new Promises(Chart.render(""));
        assertThat(rendered.of("Deployment", "Job")).isEmpty();
        JsonNode pod = rendered.of("StatefulSet").findFirst().orElseThrow();
        assertThat(pod.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(Promises.environment(Promises.pod(pod)))
                .doesNotContainKeys("SEALPOST_ROLES", "QUARKUS_DATASOURCE_JDBC_URL", "KAFKA_BOOTSTRAP_SERVERS");
    }

    /** Acknowledged reports may be in a spool: nothing may delete its volume or take it from its pod. */
    @ParameterizedTest
    @ValueSource(strings = {"", ValueSets.DISTRIBUTED, ValueSets.EVERYTHING})
    void theVolumeOfTheDoorOutlivesEverything(String values) {
        JsonNode door =
                new Promises(Chart.render(values)).of("StatefulSet").findFirst().orElseThrow();
        assertThat(door.at("/spec/persistentVolumeClaimRetentionPolicy"))
                .hasToString("{\"whenDeleted\":\"Retain\",\"whenScaled\":\"Retain\"}");
        assertThat(door.at("/spec/volumeClaimTemplates/0/metadata/name").asText())
                .isEqualTo("data");
        assertThat(Promises.environment(Promises.pod(door)))
                .containsEntry("SEALPOST_DATA_DIR", "/data/sealpost")
                .doesNotContainKey("SEALPOST_INTAKE_SPOOL_DIRECTORY");
    }

    @ParameterizedTest
    @CsvSource({
        "intake, StatefulSet, intake",
        "mailbox, Deployment, mailbox",
        "aggregator, Deployment, aggregator",
        "api, Deployment, api",
        "alerts, Deployment, alerts"
    })
    void eachRoleIsAWorkloadOfItsOwn(String component, String kind, String roles) {
        JsonNode workload = new Promises(Chart.render(ValueSets.EVERYTHING))
                .of(kind)
                .filter(each -> each.at("/metadata/name").asText().equals("rel-sealpost-" + component))
                .findFirst()
                .orElseThrow();
        Map<String, String> environment = Promises.environment(Promises.pod(workload));
        assertThat(environment)
                .containsEntry("SEALPOST_ROLES", roles)
                .containsKeys("SEALPOST_ORIGIN_KEY_FILE", "QUARKUS_DATASOURCE_JDBC_URL", "KAFKA_BOOTSTRAP_SERVERS");
        // Only who answers callers knows the administrator's key, and only who reads mailboxes their passwords.
        assertThat(environment.containsKey("SEALPOST_ADMIN_KEY_FILE")).isEqualTo(roles.equals("api"));
        assertThat(environment.containsKey("SEALPOST_MAILBOXES_GOOGLE_PASSWORD_FILE"))
                .isEqualTo(roles.equals("mailbox"));
    }

    @Test
    void onlyReportsAreRoutedToTheHostThatStandsInPublicDns() {
        Map<String, String> paths = new HashMap<>();
        new Promises(Chart.render(ValueSets.EVERYTHING)).of("Ingress").forEach(ingress -> {
            JsonNode rule = ingress.at("/spec/rules/0");
            paths.put(
                    rule.path("host").asText(),
                    rule.at("/http/paths/0/path").asText() + " "
                            + rule.at("/http/paths/0/backend/service/name").asText());
        });
        assertThat(paths)
                .containsOnly(
                        Map.entry("reports.example.org", "/tlsrpt rel-sealpost-intake"),
                        Map.entry("sealpost.example.org", "/ rel-sealpost-api"));
    }

    @Test
    void theNotesSayWhatToPublish() {
        String notes = Chart.render(ValueSets.EVERYTHING).stream()
                .filter(manifest -> manifest.at("/metadata/name").asText().equals("notes"))
                .findFirst()
                .orElseThrow()
                .at("/data/text")
                .asText();
        assertThat(notes)
                .contains("IN TXT \"v=TLSRPTv1; rua=https://reports.example.org/tlsrpt\"")
                .contains("get secret sealpost-keys");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: cluster                                                         | mode",
                "mode: distributed                                                     | auth.existingSecret",
                "replicas: 3                                                           | replicas",
                "intake: {replicas: 0}                                                 | intake.replicas",
                "intake: {replica: 3}                                                  | replica",
                "image: {digest: latest}                                               | image.digest",
                "settings: {watch.domain: example.org}                                 | watch.domain",
                "settings: {watch.auto: 'yes'}                                         | watch.auto",
                "settings: {intake.spool.max-size: 50G}                                | intake.spool.max-size",
                "mailboxes: {my-box: {host: h, user: u}}                               | my-box",
                "mailboxes: {own: {host: h, user: u}}                                  | mailboxes.own",
                "mailboxes: {own: {host: h, user: u, after: burn}}                     | mailboxes.own.after",
                "database: {host: db}                                                  | database.existingSecret",
                "kafka: {bootstrapServers: kafka}                                      | kafka.bootstrapServers",
                "kafka: {bootstrapServers: 'k:1', securityProtocol: SASL_SSL}          | kafka.sasl.existingSecret",
                "kafka: {bootstrapServers: 'k:1', tls: {caSecret: c}}                  | kafka.securityProtocol",
                "routes: {type: ingress}                                               | routes.host",
                "routes: {type: ingress, host: r.example}                              | intake.trusted-proxies",
                "routes: {host: r.example}                                             | routes.type",
                "routes: {type: gateway, host: r.example}                              | trusted-proxies",
                "pod: {terminationGracePeriodSeconds: 15}                              | terminationGracePeriodSeconds",
                "pod: {extraEnv: [{name: SEALPOST_ROLES, value: api}]}                 | SEALPOST_ROLES",
                "pod: {heapPercent: 95}                                                | pod.heapPercent",
                "api: {autoscaling: {enabled: true}}                                   | api.autoscaling",
                "DISTRIBUTED aggregator: {replicas: 7}                                 | aggregator.replicas",
                "DISTRIBUTED aggregator: {autoscaling: {type: lag, maxReplicas: 9}}    | aggregator.autoscaling.maxReplicas",
                "DISTRIBUTED intake: {autoscaling: {enabled: true, minReplicas: 9}}    | intake.autoscaling.minReplicas"
            })
    void nonsenseIsRefusedByName(String values, String key) {
        String all = values.replace("DISTRIBUTED ", ValueSets.DISTRIBUTED);
        assertThatThrownBy(() -> Chart.render(all))
                .isInstanceOf(IllegalStateException.class)
                .satisfies(refusal -> assertThat(
                                refusal.getMessage().replace('/', '.').replace("'", ""))
                        .contains(key));
    }
}
