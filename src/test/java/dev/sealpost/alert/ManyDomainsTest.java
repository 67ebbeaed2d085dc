package dev.sealpost.alert;

import static dev.sealpost.alert.AlertScene.TODAY;
import static dev.sealpost.alert.AlertScene.YESTERDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sender's fault shows at all domains at once: that is one incident. {@code -Dalert.domains=100000} for very many. */
class ManyDomainsTest {
    private static final int DOMAINS = Integer.getInteger("alert.domains", 3_000);
    private static final int DAYS = 20;

    @TempDir
    private Path directory;

    private AlertScene scene;

    @BeforeEach
    void manyDomains() {
        scene = new AlertScene(directory);
        // As the aggregator would have written it; a hundred thousand domains by reports take longer than the test.
        scene.database.run("""
                INSERT INTO daily_sessions (domain, day, organization, channel, provenance, organization_name, successful,
                    failed, reports, saturated)
                SELECT 'd' || d || '.example', day, o, 'mailbox', 'dkim-aligned', upper(o),
                    CASE WHEN day = '%1$s' AND o = 'big' THEN 100 ELSE 200 END,
                    CASE WHEN day = '%1$s' AND o = 'big' THEN 100 ELSE 0 END, 1, false
                FROM generate_series(1, %3$d) d, generate_series('%2$s'::date, '%1$s'::date, interval '1 day') day,
                    (VALUES ('big'), ('small')) v(o)""".formatted(YESTERDAY, TODAY.minusDays(DAYS), DOMAINS));
        scene.database.run("""
                INSERT INTO daily_failures (domain, day, organization, channel, provenance, policy_type, result_type,
                    receiving_mx_hostname, organization_name, failed, reports, saturated)
                SELECT 'd' || d || '.example', '%1$s', 'big', 'mailbox', 'dkim-aligned', 'sts', 'sts-policy-fetch-error',
                    '', 'BIG', 100, 1, false
                FROM generate_series(1, %2$d) d""".formatted(YESTERDAY, DOMAINS));
        scene.database.run("""
                INSERT INTO daily_domain (domain, day, rule) SELECT 'd' || d || '.example', '%1$s', 1
                FROM generate_series(1, %2$d) d""".formatted(YESTERDAY, DOMAINS));
        scene.database.run("INSERT INTO alert_touched (domain, day, due) SELECT domain, day, now() FROM daily_domain");
        scene.database.run("ANALYZE");
    }

    @Test
    void aFaultAtAllDomainsIsOneIncident() {
        long begin = System.nanoTime();
        scene.judge();
        System.out.printf(
                "%d domains judged in %.1f s, %d MB of heap in use after%n",
                DOMAINS,
                (System.nanoTime() - begin) / 1e9,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);

        assertThat(scene.alerts()).containsExactly("sender-fault|low|open|BIG");
        assertThat(scene.database.rows("SELECT count(DISTINCT domain) FROM alert_series"))
                .containsExactly(String.valueOf(DOMAINS));
        List<String> told =
                scene.database.rows("SELECT kind, coalesce(tenant, '*'), cardinality(domains), length(json::text)"
                        + " < 1000000 FROM notice ORDER BY seq");
        assertThat(told).containsExactly("opened|*|100|t", "opened|default|100|t");
        assertThat(scene.database.rows("SELECT body FROM notice LIMIT 1").getFirst())
                .contains("It concerns ")
                .contains(" domains: d");
        assertThat(scene.database.rows("SELECT count(*) FROM alert_touched")).containsExactly("0");
    }
}
