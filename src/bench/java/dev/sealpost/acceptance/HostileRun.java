package dev.sealpost.acceptance;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Everything at once against a running server: 2,000 slow connections, bombs, a flood of junk from one address, and honest
 * senders whose times are printed. See docs/performance.md.
 */
final class HostileRun {
    private static final int SLOW = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private HostileRun() {}

    /** Runs for a minute against 127.0.0.1 and the port given. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int port = Integer.parseInt(arguments.length > 0 ? arguments[0] : "8080");
        AtomicInteger reports = new AtomicInteger();
        byte[] bomb = Reports.gzip(Reports.gzip(new byte[256 << 20]));
        byte[] zeros = Reports.gzip(new byte[64 << 20]);
        try (Senders compiled = honest(port, reports)) {
            Thread.sleep(WARM_UP);
            System.out.printf("warm:   honest %s%n", compiled.answers());
        }
        try (Senders honest = honest(port, reports)) {
            Thread.sleep(Duration.ofSeconds(10));
            System.out.printf(
                    "quiet:  honest %s, p99 %d ms%n",
                    honest.answers(), honest.percentile(99).toMillis());
        }
        try (SlowClients slow = new SlowClients(port)) {
            for (int i = 0; i < SLOW; i++) {
                slow.open(SlowClients.KINDS.get(i % SlowClients.KINDS.size()), "127.1." + i % 20 + "." + (1 + i % 200));
            }
            System.out.printf("slow:   %d connections, kinds %s%n", SLOW, SlowClients.KINDS);
            try (Senders flood = new Senders(port, "127.2.2.2", 100, Duration.ZERO, () -> Reports.gzip("junk"));
                    Senders bombs = new Senders(port, "127.4.4.4", 10, Duration.ZERO, () -> bomb);
                    Senders more = new Senders(port, "127.5.5.5", 10, Duration.ZERO, () -> zeros);
                    Senders honest = honest(port, reports)) {
                Thread.sleep(LENGTH);
                System.out.printf("flood:  %s%n", flood.answers());
                System.out.printf("bombs:  %s %s%n", bombs.answers(), more.answers());
                System.out.printf(
                        "honest: %s, p50 %d ms, p99 %d ms%n",
                        honest.answers(),
                        honest.percentile(50).toMillis(),
                        honest.percentile(99).toMillis());
            }
            for (SlowClients.Kind kind : SlowClients.KINDS) {
                System.out.printf(
                        "cut:    %s, the last after %s%n",
                        kind,
                        slow.lives().stream()
                                .filter(life -> life.kind() == kind)
                                .map(SlowClients.Life::time)
                                .max(Comparator.naturalOrder())
                                .orElse(null));
            }
            System.out.printf("open:   %d slow connections after a minute%n", slow.stillOpen());
        }
    }

    /** Four senders of one address, each up to 25 reports a second. */
    private static Senders honest(int port, AtomicInteger reports) {
        return new Senders(
                port,
                "127.3.3.3",
                4,
                Duration.ofMillis(40),
                () -> Reports.gzip(Reports.report(
                        "Honest", "run-" + reports.incrementAndGet(), "honest.example", "2026-11-01", 1, 0)));
    }
}
