package dev.sealpost.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.sealpost.origin.Channel;
import dev.sealpost.origin.Origin;
import dev.sealpost.origin.Provenance;
import org.junit.jupiter.api.Test;

/** Which reports are told of, by what each process knows of them alone. */
class ReportTracesTest {
    private static final int REPORTS = 2_000;

    private record Settings(Optional<URI> endpoint, double share) implements TracingConfig {}

    private static ReportTraces traces(String endpoint, double share) {
        return new ReportTraces(new Settings(Optional.of(URI.create(endpoint)), share), Clock.systemUTC(), "one");
    }

    private static Origin origin(UUID receipt) {
        return new Origin(receipt, Instant.now(), Channel.HTTPS, "192.0.2.1", Provenance.UNVERIFIED, null);
    }

    @Test
    void doorAndAggregatorChooseTheSameShareOfReports() throws IOException {
        try (Collector collector = new Collector()) {
            ReportTraces door = traces(collector.url(), 0.25);
            ReportTraces aggregator = traces(collector.url(), 0.25);
            for (int i = 0; i < REPORTS; i++) {
                Origin origin = origin(UUID.randomUUID());
                door.taken(origin, "acknowledged");
                aggregator.stored(origin, Instant.now(), "stored");
            }
            door.close();
            aggregator.close();

            List<String> begun = collector.all().stream()
                    .filter(span -> span.parentSpanId().isEmpty())
                    .map(Collector.Span::traceId)
                    .toList();
            List<String> ended = collector.all().stream()
                    .filter(span -> !span.parentSpanId().isEmpty())
                    .map(Collector.Span::traceId)
                    .toList();
            assertThat(ended).containsExactlyInAnyOrderElementsOf(begun);
            // Seven standard deviations.
            assertThat(begun).hasSizeBetween(REPORTS / 4 - 136, REPORTS / 4 + 136);
        }
    }

    @Test
    void aCollectorThatIsAwayCostsNothingButItsSpans() {
        ReportTraces traces = traces("http://127.0.0.1:1/v1/traces", 1);
        long begin = System.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            traces.taken(origin(UUID.randomUUID()), "acknowledged");
        }
        traces.close();
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
    }

    @Test
    void wrongSettingsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traces("collector:4318", 1))
                .withMessageContaining("sealpost.tracing.endpoint");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traces("http://127.0.0.1:1", 1.1))
                .withMessageContaining("sealpost.tracing.share");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traces("http://127.0.0.1:1", Double.NaN))
                .withMessageContaining("sealpost.tracing.share");
    }
}
