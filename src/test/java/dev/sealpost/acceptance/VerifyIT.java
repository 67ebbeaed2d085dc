package dev.sealpost.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code verify} and {@code rebuild} beside a server and without one. */
class VerifyIT {
    private final Path data = SharedSealpost.temporaryDirectory().resolve("data");

    private Verb run(String... arguments) {
        return Verb.run(data, Map.of(), arguments);
    }

    @Test
    void aDifferenceIsFoundAndRebuiltBesideAServerAndWithoutOne() {
        try (SealpostProcess sealpost = SealpostProcess.start(data)) {
            sealpost.post(Reports.report("Verifier", "v1", "first.example", "2019-03-01", 7, 1));
            sealpost.post(Reports.report("Verifier", "v2", "second.example", "2026-11-02", 5, 0));
            Answers.sessionsOf(sealpost, "first.example", 1);
            Answers.sessionsOf(sealpost, "second.example", 1);
            Verb equal = run("verify");
            assertThat(equal.out()).as(equal.err()).isEqualTo("0 differences in 2 days of domains\n");
            assertThat(equal.exitCode()).isZero();

            Calls.sql(sealpost, "UPDATE daily_sessions SET successful = 8 WHERE domain = 'first.example' RETURNING 1");
            Verb differs = run("verify", "--domain", "First.example");
            assertThat(differs.exitCode()).isEqualTo(1);
            assertThat(differs.out())
                    .contains("daily_sessions: is (first.example,2019-03-01,verifier", "should be (first.example")
                    .contains("daily_domain first.example 2019-03-01: is 7, 1, 1, 1, 1, should be 8, 1, 1, 1, 1")
                    .endsWith("3 differences in 1 days of domains\n");
            assertThat(run("verify", "--from", "2026-01-01").exitCode()).isZero();
            Verb rebuilt = run("rebuild", "--to", "2019-12-31");
            // The sum had never heard of the eighth session that the cell gave back.
            assertThat(rebuilt.out())
                    .as(rebuilt.err())
                    .isEqualTo("1 days of domains derived, 1 sums over all domains corrected\n");
            assertThat(run("verify").exitCode()).isZero();
            assertThat(Answers.sessionsOf(sealpost, "first.example", 1)
                            .path("successfulSessions")
                            .asInt())
                    .isEqualTo(7);
            // As if an older reader had overlooked all successes.
            Calls.sql(sealpost, "UPDATE policy SET successful = NULL, flags = '{x}' RETURNING 1");
            Calls.sql(sealpost, "UPDATE report SET reader = NULL RETURNING 1");
        }
        Verb reread = run("rebuild", "--reread");
        assertThat(reread.out()).as(reread.err()).isEqualTo("""
                        2 reports are read otherwise
                        2 days of domains derived, 0 sums over all domains corrected
                        """);
        Verb again = run("rebuild", "--reread");
        assertThat(again.out()).as(again.err()).startsWith("0 reports are read otherwise\n");
        Verb equal = run("verify");
        assertThat(equal.out()).as(equal.err()).isEqualTo("0 differences in 2 days of domains\n");
        try (SealpostProcess sealpost = SealpostProcess.start(data)) {
            // The one before may have looked while the cell was wrong.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> sealpost.getManagement("/q/metrics")
                            .body()
                            .contains("sealpost_verify_differences_total 0.0"));
            assertThat(sealpost.getManagement("/q/health/group/aggregator").body())
                    .contains("daily-tables", "none found");
            assertThat(Answers.sessionsOf(sealpost, "first.example", 1)
                            .path("successfulSessions")
                            .asInt())
                    .isEqualTo(7);
        }
    }

    @Test
    void wrongUseIsSaidAndStartsNothing() {
        for (String verb : new String[] {"verify", "rebuild"}) {
            assertThat(run(verb, "--from", "yesterday").exitCode()).isEqualTo(2);
            Verb order = run(verb, "--from", "2026-11-02", "--to", "2026-11-01");
            assertThat(order.exitCode()).isEqualTo(2);
            assertThat(order.err()).contains("--from must not be after --to");
        }
        assertThat(data).doesNotExist();
    }
}
