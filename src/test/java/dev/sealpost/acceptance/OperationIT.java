package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sealpost.chart.Rendered;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The commands for those who run a server, beside a running one. */
class OperationIT {
    private final SealpostProcess sealpost = SharedSealpost.get();

    private Verb verb(Map<String, String> environment, String... arguments) {
        return Verb.run(sealpost.data(), environment, arguments);
    }

    @Test
    void configShowsWhereValuesComeFromAndNoSecret() throws IOException {
        Path key = Files.writeString(sealpost.data().resolveSibling("a.key"), "k".repeat(40));
        Verb shown = verb(
                Map.of(
                        "SEALPOST_INTAKE_MAX_BODY", "20M",
                        "SEALPOST_ADMIN_KEY_FILE", key.toString(),
                        "SEALPOST_MAILBOXES_OWN_HOST", "imap.example.org",
                        "SEALPOST_MAILBOXES_OWN_USER", "reports",
                        "SEALPOST_MAILBOXES_OWN_PASSWORD", "very-secret",
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://db/s?password=very-secret"),
                "config");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "sealpost.intake.max-body 20M environment SEALPOST_INTAKE_MAX_BODY",
                        "sealpost.intake.max-json 32M default",
                        "sealpost.admin-key ******** file " + key,
                        "sealpost.mailboxes.own.password ******** environment SEALPOST_MAILBOXES_OWN_PASSWORD");
        assertThat(shown.out()).doesNotContain("very-secret").doesNotContain("kkkk");
    }

    @Test
    void configNamesEachWrongValueAndWhatIsAllowed() {
        Verb refused = verb(Map.of("SEALPOST_ROLES", "intake,door", "SEALPOST_KAFKA_PARTITIONS", "six"), "config");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("SEALPOST_ROLES", "door", "allowed values", "aggregator")
                .contains("SEALPOST_KAFKA_PARTITIONS", "six", "integer");
    }

    @Test
    void healthcheckAsksTheManagementPortOrTheDoor() {
        String management = sealpost.managementPort() + "";
        assertThat(verb(Map.of("QUARKUS_MANAGEMENT_PORT", management), "healthcheck")
                        .exitCode())
                .isZero();
        assertThat(verb(Map.of("QUARKUS_MANAGEMENT_PORT", "1"), "healthcheck").exitCode())
                .isEqualTo(1);
        assertThat(verb(
                                Map.of(),
                                "healthcheck",
                                "--door",
                                sealpost.uri("/tlsrpt").toString())
                        .exitCode())
                .isZero();
        Verb other = verb(
                Map.of(), "healthcheck", "--door", sealpost.uri("/api/v1/me").toString());
        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.err()).contains("no door for reports");
    }

    @Test
    void doctorFindsWhatIsWrongAndSaysWhatToDo() {
        Verb found = verb(
                Map.of(
                        "SEALPOST_MAILBOXES_OWN_HOST", "127.0.0.1",
                        "SEALPOST_MAILBOXES_OWN_PORT", "1",
                        "SEALPOST_MAILBOXES_OWN_USER", "reports",
                        "SEALPOST_MAILBOXES_OWN_PASSWORD", "secret"),
                "doctor");
        assertThat(found.exitCode()).as(found.err()).isEqualTo(1);
        assertThat(found.out())
                .containsPattern("ok +settings")
                .containsPattern("ok +data directory")
                .containsPattern("ok +database")
                .containsPattern("ok +broker")
                .containsPattern("WRONG +mailbox own")
                .contains("-> try: sealpost mailboxes test own")
                .doesNotContain("secret");
    }

    @Test
    void migrateFindsTheTablesCurrent() {
        Verb migrated = verb(Map.of(), "migrate");
        assertThat(migrated.exitCode()).as(migrated.err()).isZero();
        assertThat(migrated.err()).contains("up to date").doesNotContain("ERROR");
    }

    @Test
    void aDirectoryInUseIsNotBackedUp() {
        Path file = sealpost.data().resolveSibling("backup.tgz");
        Verb refused = verb(Map.of(), "backup", file.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    /** Alarms and dashboards that ask for what nobody exports are silent for ever. */
    @Test
    void whatAlarmsAndDashboardsAskForIsExported() throws IOException {
        Map<String, List<String>> asked = new HashMap<>(Rendered.metrics());
        // Those of mailboxes are exported where there are some.
        String ofMailboxes = Files.readString(Path.of("src/main/java/dev/sealpost/intake/mailbox/MailboxMetrics.java"));
        asked.keySet().removeIf(name -> ofMailboxes.contains("\"" + name.replace('_', '.') + "\""));
        assertThat(asked).isNotEmpty();
        // What timed work counts is there after its first time.
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Set<String> exported = exported();
            asked.forEach((name, where) ->
                    assertThat(exported).as("%s in %s", name, where).contains(name));
        });
    }

    private Set<String> exported() {
        return sealpost.getManagement("/q/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
    }
}
