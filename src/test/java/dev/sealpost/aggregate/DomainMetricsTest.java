package dev.sealpost.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import dev.sealpost.report.Limits;
import dev.sealpost.report.Readable;
import dev.sealpost.report.ReportReader;
import dev.sealpost.store.Arrival;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** How many series domains have, and what they count. */
class DomainMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Set<String> watched = new HashSet<>(List.of("a.example", "b.example"));
    private final AtomicLong number = new AtomicLong(2);
    private final DomainMetrics metrics = new DomainMetrics(registry, number::get, watched::contains, 2);

    private static Arrival report(String... domains) {
        String policies = Arrays.stream(domains).map("""
                        {"policy":{"policy-type":"sts","policy-domain":"%s"},"summary":{"total-successful-session-count":9,
                        "total-failure-session-count":4},"failure-details":[
                        {"result-type":"certificate-expired","failed-session-count":3},
                        {"result-type":"x-one","failed-session-count":1},{"result-type":"x-two","failed-session-count":1},
                        {"failed-session-count":1}]}"""::formatted).collect(Collectors.joining(","));
        byte[] json = """
                {"organization-name":"Google","date-range":{"start-datetime":"2026-11-02T00:00:00Z",
                "end-datetime":"2026-11-02T23:59:59Z"},"report-id":"r","policies":[%s]}""".formatted(policies).getBytes(StandardCharsets.UTF_8);
        Origin origin = new Origin(
                UUID.randomUUID(), Instant.EPOCH, Channel.HTTPS, "192.0.2.1", Provenance.UNVERIFIED, null, null);
        return new Arrival(
                ((Readable) new ReportReader(Limits.DEFAULT).read(json)).report(), origin, json, List.of(domains));
    }

    private List<String> series() {
        return registry.getMeters().stream()
                .map(meter -> meter.getId().getName()
                        + meter.getId().getTags().stream()
                                .map(tag -> " " + tag.getValue())
                                .collect(Collectors.joining())
                        + " "
                        + (long) meter.measure().iterator().next().getValue())
                .sorted()
                .toList();
    }

    @Test
    void watchedDomainsAreCountedAndTypesAreBounded() {
        metrics.count(List.of(report("a.example", "stranger.example"), report("a.example")));
        assertThat(series())
                .containsExactly(
                        "sealpost.domain.failures a.example certificate-expired 6",
                        "sealpost.domain.failures a.example other 4",
                        "sealpost.domain.failures a.example unspecified 2",
                        "sealpost.domain.sessions a.example failed 8",
                        "sealpost.domain.sessions a.example successful 18");
    }

    @Test
    void aboveTheCapThereAreNone() {
        metrics.count(List.of(report("a.example")));
        number.set(3);
        metrics.count(List.of(report("b.example")));
        assertThat(series()).isEmpty();
        number.set(2);
        metrics.count(List.of(report("b.example")));
        assertThat(series()).hasSize(5).allMatch(each -> each.contains("b.example"));
    }

    @Test
    void whoIsNoLongerWatchedMakesRoom() {
        metrics.count(List.of(report("a.example", "b.example")));
        watched.remove("a.example");
        watched.add("c.example");
        metrics.count(List.of(report("c.example")));
        assertThat(series()).hasSize(10).noneMatch(each -> each.contains("a.example"));
    }
}
